/* SPDX-License-Identifier: MIT */
/* hardware.c: interrupt lines, ports, memory of devices. */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/jiffies.h>

#include "ask.h"

/* --- interrupts: the clock's periodic one, 1024 times a second (MC146818 data sheet) --- */

#define CLOCK_LINE 8
#define REG_B	   0x0b
#define REG_C	   0x0c /* reading it ends the interrupt */
#define B_PERIODIC 0x40

static int first, second; /* how often each was called */

static u8 clock_read(u8 reg)
{
	outb(reg, 0x70);
	return inb(0x71);
}

static void clock_write(u8 reg, u8 value)
{
	outb(reg, 0x70);
	outb(value, 0x71);
}

static irqreturn_t count(int irq, void *dev)
{
	if (irq == CLOCK_LINE)
		clock_read(REG_C);
	++*(int *)dev;
	return IRQ_HANDLED;
}

void ask_interrupts(void)
{
	ASK(request_irq(9, NULL, 0, "asker", NULL));
	ASK(request_irq(16, count, 0, "asker", &first));
	ASK(request_irq(9, count, IRQF_SHARED, "asker", NULL));
	ASK(request_irq(2, count, IRQF_SHARED, "asker", &first));
	ASK(request_irq(4, count, 0, "asker", &first));
	ASK(request_irq(CLOCK_LINE, count, IRQF_SHARED, "first", &first));
	ASK(request_irq(CLOCK_LINE, count, IRQF_SHARED, "second", &second));
	ASK(request_irq(CLOCK_LINE, count, 0, "alone", &first));
	ASK(request_irq(CLOCK_LINE, count, IRQF_SHARED | IRQF_TRIGGER_LOW, "low", &first));
}

/* Returns how many interrupts came in a tenth of a second. */
static int interrupts_in_a_while(void)
{
	int before = first;

	msleep(100);
	return first - before;
}

void count_interrupts(void)
{
	unsigned long start = jiffies;

	clock_write(REG_B, clock_read(REG_B) | B_PERIODIC);
	clock_read(REG_C);
	HAS(interrupts_in_a_while() > 20);
	HAS(first == second);
	disable_irq(CLOCK_LINE);
	disable_irq(CLOCK_LINE);
	HAS(interrupts_in_a_while() == 0);
	enable_irq(CLOCK_LINE);
	HAS(interrupts_in_a_while() == 0);
	enable_irq(CLOCK_LINE);
	HAS(interrupts_in_a_while() > 20);
	clock_write(REG_B, clock_read(REG_B) & ~B_PERIODIC);
	HAS(time_after(jiffies, start + msecs_to_jiffies(200)));
	enable_irq(CLOCK_LINE);
}

void end_interrupts(void)
{
	SAY("free_irq: %s", (const char *)free_irq(CLOCK_LINE, &second));
	SAY("free_irq: %s", (const char *)free_irq(CLOCK_LINE, &first));
	HAS(free_irq(CLOCK_LINE, &first) != NULL);
	HAS(free_irq(2, NULL) != NULL);
}

/* --- ports and memory --- */

void ask_regions(void)
{
	HAS(request_region(0x3f8, 1, "asker"));
	HAS(request_region(0x300, 0x10, "asker"));
	HAS(request_region(0x30f, 1, "asker"));
	HAS(request_region(0x2ff, 0x20, "asker"));
	HAS(request_region(0x310, 1, "asker next"));
	HAS(request_region(0x320, 0, "asker"));
	HAS(request_region(0xfff0, 0x11, "asker"));
	HAS(request_mem_region(0x100000, 0x1000, "asker"));
	HAS(request_mem_region(0xfed00000, 0x400, "asker memory"));
	release_region(0x300, 1);
	release_region(0x3f8, 8);
}

void end_regions(void)
{
	release_region(0x300, 0x10);
	release_region(0x310, 1);
	release_mem_region(0xfed00000, 0x400);
}

/* The first instruction of a PC, and 5 bytes further on the date of its firmware. */
void ask_memory(void)
{
	char date[9] = "";
	u8 __iomem *reset = ioremap(0xffff0, 16);

	HAS(reset);
	for (int i = 0; reset && i < 8; i++)
		date[i] = readb(reset + 5 + i);
	SAY("firmware: %02x, %s", reset ? readb(reset) : 0, date);
	iounmap(reset);
	iounmap(NULL);
	HAS(ioremap(0x200000, 4096));
	HAS(ioremap(0xb8000, 0));
	HAS(ioremap(1ULL << 52, 1));
	HAS(ioremap(~0ULL - 10, 100));
}
