/* SPDX-License-Identifier: MIT */
/* deaf.c: its interrupt handler writes where nothing is. The clock's line: MC146818 data sheet. */
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/module.h>

#define CLOCK_LINE 8
#define INDEX	   0x70
#define DATA	   0x71
#define REG_B	   0x0b
#define REG_C	   0x0c
#define B_PERIODIC 0x40

static int *volatile nowhere;
static int line; /* whose, when the handler is registered */

static irqreturn_t deaf_handler(int irq, void *dev)
{
	(void)irq;
	(void)dev;
	*nowhere = 1;
	return IRQ_HANDLED;
}

static int __init deaf_init(void)
{
	int err = request_irq(CLOCK_LINE, deaf_handler, 0, "deaf", &line);

	if (err)
		return err;
	outb(REG_B, INDEX);
	outb(inb(DATA) | B_PERIODIC, DATA);
	outb(REG_C, INDEX);
	inb(DATA);
	for (;;)
		;
}

static void __exit deaf_exit(void)
{
}

module_init(deaf_init);
module_exit(deaf_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Crashes in an interrupt handler");
