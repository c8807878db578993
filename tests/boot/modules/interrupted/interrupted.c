/* SPDX-License-Identifier: MIT */
/*
 * interrupted.c: takes and gives back memory as fast as it can while an interrupt handler does the
 * same: small objects, objects that fill a slab with two others, and some of several pages. Whose
 * bytes have changed meanwhile was given to somebody else as well.
 */
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

/* The clock chip, which can interrupt often: Motorola MC146818A data sheet. */
#define RTC_LINE       8
#define RTC_INDEX      0x70
#define RTC_DATA       0x71
#define RTC_A	       10
#define RTC_A_8192HZ   0x23
#define RTC_B	       11
#define RTC_B_PERIODIC 0x40
#define RTC_C	       12 /* to be read after each interrupt */

#define SLOTS	       7
#define TEST_TICKS     200

static const size_t sizes[] = {64, 1344, 5000};
static unsigned int interrupts, spoilt;

/* What one of the two sides holds. */
struct holder {
	unsigned char *slots[SLOTS];
	unsigned int turn;
	unsigned char fill;
};

static struct holder by_interrupt = {.fill = 0xaa}, by_init = {.fill = 0x55};

static void drop(struct holder *h, unsigned int i)
{
	unsigned char *p = h->slots[i];

	if (p && (p[0] != h->fill || p[63] != h->fill))
		spoilt++;
	kfree(p);
	h->slots[i] = NULL;
}

static void exchange(struct holder *h)
{
	unsigned int i = h->turn++ % SLOTS;
	size_t size = sizes[h->turn % ARRAY_SIZE(sizes)];

	drop(h, i);
	h->slots[i] = kmalloc(size, GFP_ATOMIC);
	if (h->slots[i])
		memset(h->slots[i], h->fill, size);
}

static unsigned char rtc_read(unsigned char reg)
{
	outb(reg, RTC_INDEX);
	return inb(RTC_DATA);
}

static void rtc_write(unsigned char reg, unsigned char value)
{
	outb(reg, RTC_INDEX);
	outb(value, RTC_DATA);
}

static irqreturn_t interrupt(int irq, void *dev)
{
	int i;

	rtc_read(RTC_C);
	for (i = 0; i < 4; i++)
		exchange(dev);
	interrupts++;
	return IRQ_HANDLED;
}

static int __init interrupted_init(void)
{
	unsigned char b = rtc_read(RTC_B);
	int i, err = request_irq(RTC_LINE, interrupt, 0, "interrupted", &by_interrupt);
	unsigned long end = jiffies + TEST_TICKS;

	if (err)
		return err;
	rtc_write(RTC_A, RTC_A_8192HZ);
	rtc_write(RTC_B, b | RTC_B_PERIODIC);
	rtc_read(RTC_C);
	while (time_before(jiffies, end))
		exchange(&by_init);
	rtc_write(RTC_B, b);
	free_irq(RTC_LINE, &by_interrupt);
	for (i = 0; i < SLOTS; i++) {
		drop(&by_interrupt, i);
		drop(&by_init, i);
	}
	printk(KERN_INFO "interrupted: %u times, %u spoilt\n", interrupts, spoilt);
	return 0;
}

static void __exit interrupted_exit(void)
{
}

module_init(interrupted_init);
module_exit(interrupted_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Memory is taken and given back by an interrupt handler, too");
