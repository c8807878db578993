/* SPDX-License-Identifier: MIT */
/*
 * user.c: on whose behalf the kernel works: root, who may do everything, or student, who may look.
 * What the kernel does of its own accord (booting, interrupts between commands, loading a module
 * that another one asks for) it does as root.
 *
 * There are no passwords and no files that belong to student: the question is only ever whether
 * somebody is root.
 */
#include "sched/sched.h"

#include <linux/capability.h>
#include <linux/export.h>
#include "lib/lib.h"

static enum user user = USER_ROOT;

int kptr_restrict;

enum user user_current(void)
{
	return user;
}

const char *user_name(void)
{
	return user == USER_ROOT ? "root" : "student";
}

static void restore(void *data)
{
	user = ((const struct user_change *)data)->before;
}

void user_change(struct user_change *change, enum user to)
{
	change->before = user;
	cleanup_push(&change->cleanup, restore, change);
	user = to;
}

void user_restore(struct user_change *change)
{
	cleanup_pop(&change->cleanup);
	restore(change);
}

/* All of them, or none. */
bool capable(int cap)
{
	(void)cap;
	return user == USER_ROOT;
}
EXPORT_SYMBOL(capable);

/*
 * For %pK, which with 0 is %p: an address like any other. (Linux prints a hash then.)
 */
static bool pointer_is_secret(void)
{
	return kptr_restrict && !kallsyms_show_value();
}

void user_init(void)
{
	set_pointer_secret(pointer_is_secret);
}

/* With 0, Linux shows addresses to others only when they may also trace the kernel. */
bool kallsyms_show_value(void)
{
	return kptr_restrict <= 1 && capable(CAP_SYSLOG);
}
