/* SPDX-License-Identifier: MIT */
/* irqreturn.h: what an interrupt handler says of the interrupt. */
#ifndef _LINUX_IRQRETURN_H
#define _LINUX_IRQRETURN_H

enum irqreturn {
	IRQ_NONE = 0,	 /* it was not my device */
	IRQ_HANDLED = 1, /* it was, and it is done */
};

typedef enum irqreturn irqreturn_t;

#define IRQ_RETVAL(x) ((x) ? IRQ_HANDLED : IRQ_NONE)

#endif
