/* SPDX-License-Identifier: MIT */
/*
 * irqflags.h: keeping interrupts away for a moment. On the one processor that Koan runs on this is
 * all that it takes to be alone.
 */
#ifndef _LINUX_IRQFLAGS_H
#define _LINUX_IRQFLAGS_H

#include <asm/irqflags.h>

/* @flags is an unsigned long of the caller's; it remembers whether they were on. */
#define local_irq_save(flags)	 ((flags) = arch_local_irq_save())
#define local_irq_restore(flags) arch_local_irq_restore(flags)
#define local_irq_disable()	 arch_local_irq_disable()
#define local_irq_enable()	 arch_local_irq_enable()
#define irqs_disabled()		 arch_irqs_disabled()

#endif
