/* SPDX-License-Identifier: MIT */
/*
 * input.c: one ring for all that is typed, whether it comes over the serial line or from a keyboard
 * driver; the console reads it. Nothing in it is ever overwritten: who has more than fits must wait
 * (the serial line does) or lose the newest (a keyboard).
 */
#include "dev/dev.h"
#include "cpu/cpu.h"

#include <koan/console.h>
#include <linux/export.h>

#define RING_SIZE 8192 /* a power of two */

static struct {
	u8 bytes[RING_SIZE];
	unsigned int head, tail; /* written by interrupts, read by the console; free-running */
} ring;

unsigned int input_room(void)
{
	return RING_SIZE - (ring.head - ring.tail);
}

void input_put(u8 byte)
{
	ring.bytes[ring.head++ % RING_SIZE] = byte;
}

/* Interrupts are off. */
static int take(void)
{
	int byte;

	if (ring.head == ring.tail)
		return -1;
	byte = ring.bytes[ring.tail++ % RING_SIZE];
	if (input_room() >= RING_SIZE / 2)
		serial_resume_input();
	return byte;
}

u8 input_wait(void)
{
	int byte;

	irq_disable();
	while ((byte = take()) < 0) {
		irq_enable_and_halt();
		irq_disable();
	}
	irq_enable();
	return (u8)byte;
}

bool console_input(const char *bytes, size_t len)
{
	unsigned long flags = irq_save();
	bool fits = len <= input_room();

	for (size_t i = 0; fits && i < len; i++)
		input_put((u8)bytes[i]);
	irq_restore(flags);
	return fits;
}
EXPORT_SYMBOL(console_input);
