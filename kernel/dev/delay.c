/* SPDX-License-Identifier: MIT */
/* delay.c: waiting for a while. */
#include "dev/dev.h"
#include "cpu/cpu.h"

#include <linux/bug.h>
#include <linux/delay.h>
#include <linux/export.h>

#define NS_PER_US 1000ULL
#define NS_PER_MS 1000000ULL

void ndelay(unsigned long ns)
{
	u64 end = time_ns() + ns;

	while (time_ns() < end)
		cpu_relax();
}
EXPORT_SYMBOL(ndelay);

void udelay(unsigned long us)
{
	ndelay(us * NS_PER_US);
}
EXPORT_SYMBOL(udelay);

void mdelay(unsigned long ms)
{
	ndelay(ms * NS_PER_MS);
}
EXPORT_SYMBOL(mdelay);

void msleep(unsigned int ms)
{
	u64 end = time_ns() + ms * NS_PER_MS;

	/* Halted with interrupts off, nothing would ever wake us. */
	if (WARN_ON(irqs_disabled())) {
		mdelay(ms);
		return;
	}
	while (time_ns() < end)
		halt();
}
EXPORT_SYMBOL(msleep);
