/* SPDX-License-Identifier: MIT */
/*
 * interrupt.h: handlers for the sixteen interrupt lines.
 *
 * A handler runs with interrupts off and must not wait for anything. It may be called as soon as
 * request_irq() is entered, and is not running any more when free_irq() has returned.
 */
#ifndef _LINUX_INTERRUPT_H
#define _LINUX_INTERRUPT_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/irqreturn.h>

struct module;

#define IRQF_TRIGGER_NONE    0x00000000
#define IRQF_TRIGGER_RISING  0x00000001
#define IRQF_TRIGGER_FALLING 0x00000002
#define IRQF_TRIGGER_HIGH    0x00000004
#define IRQF_TRIGGER_LOW     0x00000008
#define IRQF_TRIGGER_MASK    0x0000000f
/* The line may have several handlers; all of them must say so, and each has its own @dev. */
#define IRQF_SHARED 0x00000080

typedef irqreturn_t (*irq_handler_t)(int irq, void *dev);

/* One handler of a line. */
struct irqaction {
	irq_handler_t handler;
	void *dev_id;
	struct irqaction *next;
	unsigned int irq;
	unsigned int flags;
	const char *name; /* for /proc/interrupts; not copied */
	struct module *owner;
};

/*
 * Calls @handler(@irq, @dev) for each interrupt of the line. -EINVAL: there is no such line, no
 * handler, or the line is to be shared and @dev is NULL. -EBUSY: somebody has the line and one of
 * the two will not share. -ENOMEM.
 */
__must_check int request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
			     const char *name, void *dev, struct module *owner);
#define request_irq(irq, handler, flags, name, dev)                                                \
	request_irq(irq, handler, flags, name, dev, THIS_MODULE)
/* @dev tells which of the line's handlers is meant. Returns the name it was requested with. */
const void *free_irq(unsigned int irq, void *dev);

/* These two nest: a line that was disabled twice must be enabled twice. */
void disable_irq(unsigned int irq);
void enable_irq(unsigned int irq);

#endif
