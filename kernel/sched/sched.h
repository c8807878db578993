/* SPDX-License-Identifier: MIT */
/*
 * sched.h: who runs. A task is a piece of work that can be killed without taking the machine along:
 * each command of the console is one. When it, or code of a module that it called, does what the
 * processor forbids, it ends there, what it asked to be given back is given back, and whoever
 * started it goes on. Tasks nest, and the innermost is the one that runs.
 *
 * What a killed task had half done stays half done: whoever takes something that must not be lost
 * says so with cleanup_push(). Nothing else is undone, above all not what a module has registered.
 */
#ifndef KOAN_SCHED_H
#define KOAN_SCHED_H

#include <linux/types.h>
#include <linux/compiler.h>

/* --- task.c --- */

/* Kills are possible from here on, and users are told apart. */
void sched_init(void);

/*
 * Runs fn(@data) as a task of its own. Returns true, with what fn() returned in *@result, or false
 * when it was killed.
 */
__must_check bool task_run(int (*fn)(void *data), void *data, int *result);
/* Ends the running task. Returns only when there is none, or when it is being killed already. */
void task_kill(void);
/* The number of the running task, which is never used twice; 0 when none runs. */
unsigned int task_id(void);
/* Whether that task has not ended. */
bool task_lives(unsigned int id);

/* What is to be done if the task is killed; lives in the frame of whoever pushed it. */
struct cleanup {
	struct cleanup *outer;
	void (*fn)(void *data);
	void *data;
};

/*
 * Until cleanup_pop(), which takes off the one pushed last, fn(@data) is called if the task is
 * killed: last pushed, first called, with interrupts off, when the frames of the task are still
 * intact. Without a task both do nothing.
 */
void cleanup_push(struct cleanup *cleanup, void (*fn)(void *data), void *data);
void cleanup_pop(struct cleanup *cleanup);

/* --- user.c: on whose behalf (what they may do: <linux/capability.h>) --- */

enum user { USER_ROOT = 0, USER_STUDENT = 1000 }; /* their numbers, as `id` prints them */

/* From here on %pK obeys kptr_restrict. */
void user_init(void);
enum user user_current(void);
/* "root", "student" */
const char *user_name(void);

/* While somebody else is current; lives in the frame of whoever changed. */
struct user_change {
	struct cleanup cleanup;
	enum user before;
};

/* @to is current until user_restore(), or until the running task is killed. Changes nest. */
void user_change(struct user_change *change, enum user to);
void user_restore(struct user_change *change);

/* /proc/sys/kernel/kptr_restrict: 0 and 1: root sees addresses of the kernel; 2: nobody does. */
extern int kptr_restrict;
/* Whether the current user may see where in memory the kernel and its modules are. */
bool kallsyms_show_value(void);

#endif
