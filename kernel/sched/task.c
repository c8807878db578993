/* SPDX-License-Identifier: MIT */
/*
 * task.c: running a function so that it can be killed. There is one stack, so tasks nest like calls:
 * killing one goes back to where it was started, over all that it had called.
 */
#include "sched/sched.h"

#include <linux/bug.h>
#include "cpu/cpu.h"
#include "log/log.h"

struct task {
	struct task *outer;
	unsigned int id;
	struct context start;	  /* where it was started */
	struct cleanup *cleanups; /* last pushed first */
	bool dying;
};

static struct task *current;
static unsigned int last_id = 1; /* which is no task: the log has it for what the boot does */

bool task_run(int (*fn)(void *data), void *data, int *result)
{
	struct task task = {.outer = current, .id = ++last_id};

	if (context_save(&task.start)) {
		/* Killed: task_kill() has made `current` what it was. It comes from a trap. */
		irq_enable();
		return false;
	}
	current = &task;
	*result = fn(data);
	current = task.outer;
	return true;
}

static void run_cleanups(struct task *task)
{
	struct cleanup *cleanup;

	while (task->cleanups) {
		cleanup = task->cleanups;
		task->cleanups = cleanup->outer;
		cleanup->fn(cleanup->data);
	}
}

void task_kill(void)
{
	struct task *task = current;

	if (!task || task->dying)
		return;
	irq_disable();
	task->dying = true;
	run_cleanups(task);
	current = task->outer;
	context_restore(&task->start);
}

unsigned int task_id(void)
{
	return current ? current->id : 0;
}

bool task_lives(unsigned int id)
{
	const struct task *task = current;

	while (task && task->id != id)
		task = task->outer;
	return task;
}

void cleanup_push(struct cleanup *cleanup, void (*fn)(void *data), void *data)
{
	if (!current)
		return;
	*cleanup = (struct cleanup){.outer = current->cleanups, .fn = fn, .data = data};
	current->cleanups = cleanup;
}

void cleanup_pop(struct cleanup *cleanup)
{
	if (!current)
		return;
	BUG_ON(current->cleanups != cleanup);
	current->cleanups = cleanup->outer;
}

void sched_init(void)
{
	oops_set_killer(task_kill);
	user_init();
}
