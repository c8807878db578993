/* SPDX-License-Identifier: MIT */
/*
 * timer.c: ticks from the 8254 interval timer (Intel 8254 data sheet), and a clock from the
 * processor's time-stamp counter, whose speed is measured against it once.
 */
#include "dev/dev.h"
#include "cpu/cpu.h"

#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/panic.h>
#include <linux/printk.h>

#define PIT_HZ		   1193182 /* of its crystal */
#define PIT_CHANNEL0	   0x40	   /* wired to interrupt line 0 */
#define PIT_CHANNEL2	   0x42	   /* readable at port 0x61 */
#define PIT_COMMAND	   0x43
#define PIT_CH0_RATE	   0x34 /* channel 0, two bytes, mode 2: a pulse each N clocks */
#define PIT_CH2_ONESHOT	   0xb0 /* channel 2, two bytes, mode 0: output rises after N clocks */

#define PORT_B		   0x61 /* of the 8255 that the first PCs had */
#define PORT_B_GATE2	   0x01
#define PORT_B_SPEAKER	   0x02
#define PORT_B_OUT2	   0x20

#define TIMER_LINE	   0
#define CALIBRATE_MS	   1
#define CALIBRATE_TRIES	   3
#define CALIBRATE_POLL_MAX 10000000 /* a PIT that never answers must not stop the boot */
#define NS_PER_S	   1000000000ULL

volatile unsigned long jiffies;
EXPORT_SYMBOL(jiffies);

static u64 hz;
static u64 tsc_start;

static irqreturn_t tick(int irq, void *dev)
{
	(void)irq;
	(void)dev;
	jiffies++;
	return IRQ_HANDLED;
}

/* Cycles that pass while channel 2 counts CALIBRATE_MS down; 0 when it does not. */
static u64 calibrate_once(void)
{
	u16 count = PIT_HZ * CALIBRATE_MS / 1000;
	u64 start;

	port_out8(PIT_COMMAND, PIT_CH2_ONESHOT);
	port_out8(PIT_CHANNEL2, count & 0xff);
	port_out8(PIT_CHANNEL2, count >> 8);
	start = rdtsc();
	for (unsigned int i = 0; i < CALIBRATE_POLL_MAX; i++)
		if (port_in8(PORT_B) & PORT_B_OUT2)
			return rdtsc() - start;
	return 0;
}

/* The shortest of some tries: what disturbs one, an emulator's pause, can only make it longer. */
static u64 calibrate_cycles(void)
{
	u8 port_b = port_in8(PORT_B) & ~PORT_B_SPEAKER;
	u64 best = 0;

	port_out8(PORT_B, port_b | PORT_B_GATE2);
	for (unsigned int try = 0; try < CALIBRATE_TRIES; try++) {
		u64 cycles = calibrate_once();

		if (!best || (cycles && cycles < best))
			best = cycles;
		if (!cycles)
			break;
	}
	if (best)
		return best;
	pr_warn("timer: the interval timer does not count; taking the processor for 1 GHz\n");
	return NS_PER_S * CALIBRATE_MS / 1000;
}

void timer_start_clock(void)
{
	tsc_start = rdtsc();
}

void timer_init(void)
{
	u16 divisor = PIT_HZ / TIMER_HZ;

	hz = calibrate_cycles() * 1000 / CALIBRATE_MS;
	port_out8(PIT_COMMAND, PIT_CH0_RATE);
	port_out8(PIT_CHANNEL0, divisor & 0xff);
	port_out8(PIT_CHANNEL0, divisor >> 8);
	if (request_irq(TIMER_LINE, tick, 0, "timer", NULL))
		panic("no interrupt line for the timer");
}

u64 time_ns(void)
{
	u64 cycles;

	if (!hz)
		return 0;
	cycles = rdtsc() - tsc_start;
	/* Apart, so that neither product can exceed 64 bits for some centuries. */
	return cycles / hz * NS_PER_S + cycles % hz * NS_PER_S / hz;
}
