/* SPDX-License-Identifier: MIT */
/*
 * mutex.h: one at a time. Whoever locks a mutex has what it guards for itself until it unlocks.
 *
 * Koan runs one task at a time, to its end, so nobody can be waited for: locking what is locked is
 * a deadlock, and told as one. Code written for Linux behaves as it does there.
 */
#ifndef _LINUX_MUTEX_H
#define _LINUX_MUTEX_H

#include <linux/types.h>
#include <linux/compiler.h>

struct mutex {
	bool locked;
	unsigned int owner; /* the number of the task that locked it */
};

#define __MUTEX_INITIALIZER(name)                                                                  \
	{                                                                                          \
		0                                                                                  \
	}
#define DEFINE_MUTEX(name) struct mutex name = __MUTEX_INITIALIZER(name)

static inline void mutex_init(struct mutex *lock)
{
	*lock = (struct mutex)__MUTEX_INITIALIZER(*lock);
}

/* Not in interrupt handlers, as in Linux. A deadlock ends the task that would wait for ever. */
void mutex_lock(struct mutex *lock);
/* As mutex_lock(). Always 0: nothing can interrupt a wait that never begins. */
__must_check int mutex_lock_interruptible(struct mutex *lock);
__must_check int mutex_lock_killable(struct mutex *lock);
/* 1 and it is ours, or 0. */
int mutex_trylock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);

static inline bool mutex_is_locked(struct mutex *lock)
{
	return READ_ONCE(lock->locked);
}

static inline void mutex_destroy(struct mutex *lock)
{
	mutex_init(lock);
}

#endif
