/* SPDX-License-Identifier: MIT */
/*
 * mutex.c: one at a time, while there is one thread. So there is nothing to wait for: a mutex that
 * is locked belongs to the task that wants it or to one further out, and would never be free; or
 * its owner has ended without giving it back, because it was killed or because it forgot.
 */
#include "sched/sched.h"

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/mutex.h>
#include "cpu/cpu.h"

/* What was being changed may be half done, but nobody would ever finish it. */
static void take_over(const struct mutex *lock)
{
	pr_warn("mutex %pS is still locked by task %u, which has ended: task %u takes it over\n",
		lock, lock->owner, task_id());
}

static void deadlock(const struct mutex *lock)
{
	pr_err("BUG: task %u waits for mutex %pS, which task %u holds: this is a deadlock\n",
	       task_id(), lock, lock->owner);
	dump_stack();
	task_kill();
	panic("deadlock on mutex %pS", lock);
}

/* Task 0 is the boot, which never ends: it becomes the console. */
static bool owner_lives(const struct mutex *lock)
{
	return lock->owner == 0 || task_lives(lock->owner);
}

static void take(struct mutex *lock)
{
	lock->owner = task_id();
	WRITE_ONCE(lock->locked, true);
}

void mutex_lock(struct mutex *lock)
{
	WARN_ON(in_interrupt());
	if (lock->locked && owner_lives(lock))
		deadlock(lock);
	if (lock->locked)
		take_over(lock);
	take(lock);
}
EXPORT_SYMBOL(mutex_lock);

int mutex_lock_interruptible(struct mutex *lock)
{
	mutex_lock(lock);
	return 0;
}
EXPORT_SYMBOL(mutex_lock_interruptible);

int mutex_lock_killable(struct mutex *lock)
{
	mutex_lock(lock);
	return 0;
}
EXPORT_SYMBOL(mutex_lock_killable);

int mutex_trylock(struct mutex *lock)
{
	WARN_ON(in_interrupt());
	if (lock->locked && owner_lives(lock))
		return 0;
	mutex_lock(lock);
	return 1;
}
EXPORT_SYMBOL(mutex_trylock);

void mutex_unlock(struct mutex *lock)
{
	if (WARN_ON(!lock->locked))
		return;
	WARN_ON(lock->owner != task_id());
	WRITE_ONCE(lock->locked, false);
}
EXPORT_SYMBOL(mutex_unlock);
