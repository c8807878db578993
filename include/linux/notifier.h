/* SPDX-License-Identifier: MIT */
/* notifier.h: a list of functions to be told of an event, highest priority first. */
#ifndef _LINUX_NOTIFIER_H
#define _LINUX_NOTIFIER_H

#include <linux/types.h>

struct notifier_block;
typedef int (*notifier_fn_t)(struct notifier_block *nb, unsigned long action, void *data);

/* Owned by whoever registers it; it stays registered, and must stay valid, until unregistered. */
struct notifier_block {
	notifier_fn_t notifier_call;
	struct notifier_block *next;
	int priority;
};

#define NOTIFY_DONE	 0x0000			     /* not interested */
#define NOTIFY_OK	 0x0001			     /* seen */
#define NOTIFY_STOP_MASK 0x8000			     /* ask no one else */
#define NOTIFY_BAD	 (NOTIFY_STOP_MASK | 0x0002) /* a veto */
#define NOTIFY_STOP	 (NOTIFY_OK | NOTIFY_STOP_MASK)

/* A veto that carries an error number, and the way back: 0 for "no veto". */
static inline int notifier_from_errno(int err)
{
	return err ? NOTIFY_STOP_MASK | (NOTIFY_OK - err) : NOTIFY_OK;
}

static inline int notifier_to_errno(int ret)
{
	ret &= ~NOTIFY_STOP_MASK;
	return ret > NOTIFY_OK ? NOTIFY_OK - ret : 0;
}

#endif
