/* SPDX-License-Identifier: MIT */
/*
 * irq.c: who is called when a device interrupts. Each line has a list of handlers; a line is open
 * at the controller exactly while it has one and nobody has disabled it.
 *
 * The lists change with interrupts off, so that an interrupt never finds half a change.
 */
#include "dev/dev.h"
#include "cpu/cpu.h"

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>

static irqreturn_t no_action(int irq, void *dev)
{
	(void)irq;
	(void)dev;
	return IRQ_NONE;
}

/* The second controller hangs on this line of the first; nobody else may have it. */
static struct irqaction cascade = {
	.handler = no_action,
	.irq = IRQ_LINE_CASCADE,
	.name = "cascade",
};

static struct {
	struct irqaction *actions; /* in the order in which they came */
	unsigned int disabled;	   /* how often */
	u64 count;
} lines[IRQ_LINES] = {
	[IRQ_LINE_CASCADE] = {.actions = &cascade},
};

void irq_dispatch(unsigned int line)
{
	struct irqaction *action, *next;

	lines[line].count++;
	for (action = lines[line].actions; action; action = next) {
		next = action->next; /* a handler may free itself */
		action->handler((int)line, action->dev_id);
	}
}

const struct irqaction *irq_actions(unsigned int line)
{
	return lines[line].actions;
}

u64 irq_count(unsigned int line)
{
	return lines[line].count;
}

static bool may_share(const struct irqaction *a, const struct irqaction *b)
{
	return (a->flags & b->flags & IRQF_SHARED) && !((a->flags ^ b->flags) & IRQF_TRIGGER_MASK);
}

/* Linux's line, and under it what it means. */
static int refuse(const struct irqaction *new, const struct irqaction *old)
{
	pr_err("genirq: Flags mismatch irq %u. %08x (%s) vs. %08x (%s)\n", new->irq, new->flags,
	       new->name, old->flags, old->name);
	if (new->flags & old->flags &IRQF_SHARED)
		pr_err("genirq: both share irq %u, but expect it to be triggered differently\n",
		       new->irq);
	else
		pr_err("genirq: irq %u is in use by %s; to share it, both must say IRQF_SHARED\n",
		       new->irq, old->name);
	return -EBUSY;
}

static int add(struct irqaction *action)
{
	struct irqaction **link = &lines[action->irq].actions;
	unsigned long flags = irq_save();
	int err = 0;

	if (*link && !may_share(*link, action))
		err = refuse(action, *link);
	while (*link)
		link = &(*link)->next;
	if (!err) {
		*link = action;
		if (!lines[action->irq].disabled)
			irq_unmask(action->irq);
	}
	irq_restore(flags);
	return err;
}

int(request_irq)(unsigned int irq, irq_handler_t handler, unsigned long flags, const char *name,
		 void *dev, struct module *owner)
{
	struct irqaction *action;
	int err;

	if (irq >= IRQ_LINES || !handler || ((flags & IRQF_SHARED) && !dev))
		return -EINVAL;
	action = kmalloc(sizeof(*action), GFP_KERNEL);
	if (!action)
		return -ENOMEM;
	*action = (struct irqaction){
		.handler = handler,
		.dev_id = dev,
		.irq = irq,
		.flags = (unsigned int)flags,
		.name = name,
		.owner = owner,
	};
	err = add(action);
	if (err)
		kfree(action);
	return err;
}
EXPORT_SYMBOL(request_irq);

static struct irqaction *take_out(unsigned int irq, void *dev)
{
	struct irqaction **link = &lines[irq].actions, *found;
	unsigned long flags = irq_save();

	while (*link && ((*link)->dev_id != dev || *link == &cascade))
		link = &(*link)->next;
	found = *link;
	if (found)
		*link = found->next;
	if (!lines[irq].actions)
		irq_mask(irq);
	irq_restore(flags);
	return found;
}

const void *free_irq(unsigned int irq, void *dev)
{
	struct irqaction *action = irq < IRQ_LINES ? take_out(irq, dev) : NULL;
	const void *name;

	if (!action) {
		pr_warn("Trying to free already-free IRQ %u\n", irq);
		dump_stack();
		return NULL;
	}
	name = action->name;
	kfree(action);
	return name;
}
EXPORT_SYMBOL(free_irq);

/* The next interrupt would call what is not there, and that is the end of the machine. */
void irq_forget(const struct module *owner, const char *name)
{
	const struct irqaction *action, *next;
	unsigned int line;

	for (line = 0; line < IRQ_LINES; line++) {
		for (action = lines[line].actions; action; action = next) {
			next = action->next;
			if (action->owner != owner)
				continue;
			pr_warn("%s: interrupt %u was left behind: free_irq() is missing\n", name,
				line);
			free_irq(line, action->dev_id);
		}
	}
}

void disable_irq(unsigned int irq)
{
	unsigned long flags;

	if (irq >= IRQ_LINES)
		return;
	flags = irq_save();
	lines[irq].disabled++;
	irq_mask(irq);
	irq_restore(flags);
}
EXPORT_SYMBOL(disable_irq);

void enable_irq(unsigned int irq)
{
	unsigned long flags;

	if (irq >= IRQ_LINES)
		return;
	if (!lines[irq].disabled) {
		pr_warn("Unbalanced enable for IRQ %u\n", irq);
		dump_stack();
		return;
	}
	flags = irq_save();
	if (!--lines[irq].disabled && lines[irq].actions)
		irq_unmask(irq);
	irq_restore(flags);
}
EXPORT_SYMBOL(enable_irq);
