/* SPDX-License-Identifier: MIT */
/*
 * pic.c: the pair of 8259A interrupt controllers (Intel 8259A data sheet, "Programming").
 *
 * Sixteen lines; the second controller hangs on line 2 of the first. A line is masked until
 * somebody has a handler for it.
 */
#include "dev/dev.h"
#include "cpu/cpu.h"

#define PIC1_COMMAND	0x20
#define PIC1_DATA	0x21
#define PIC2_COMMAND	0xa0
#define PIC2_DATA	0xa1

#define ICW1_INIT	0x11 /* begin initialisation; a fourth word follows */
#define ICW3_PIC1	0x04 /* the second controller is on line 2 */
#define ICW3_PIC2	0x02 /* and knows it */
#define ICW4_8086	0x01
#define OCW2_EOI	0x20
#define OCW3_READ_ISR	0x0b

#define LINE_SPURIOUS_1 7 /* where a line that vanished shows up: each controller's last */
#define LINE_SPURIOUS_2 15

static u16 mask = 0xffff & ~(1 << IRQ_LINE_CASCADE);
static u64 spurious_count;

static void mask_write(void)
{
	port_out8(PIC1_DATA, mask & 0xff);
	port_out8(PIC2_DATA, mask >> 8);
}

static bool in_service(u16 command_port, unsigned int bit)
{
	port_out8(command_port, OCW3_READ_ISR);
	return port_in8(command_port) & (1 << bit);
}

/* A spurious interrupt has no bit in service, and must not be ended on its own controller. */
static bool spurious(unsigned int line)
{
	if (line == LINE_SPURIOUS_1)
		return !in_service(PIC1_COMMAND, 7);
	if (line == LINE_SPURIOUS_2 && !in_service(PIC2_COMMAND, 7)) {
		port_out8(PIC1_COMMAND, OCW2_EOI);
		return true;
	}
	return false;
}

static void irq_trap(struct trap_frame *frame)
{
	unsigned int line = frame->vector - TRAP_IRQ_BASE;

	if (spurious(line)) {
		spurious_count++;
		return;
	}
	irq_dispatch(line);
	if (line >= 8)
		port_out8(PIC2_COMMAND, OCW2_EOI);
	port_out8(PIC1_COMMAND, OCW2_EOI);
}

void pic_init(void)
{
	port_out8(PIC1_COMMAND, ICW1_INIT);
	port_out8(PIC2_COMMAND, ICW1_INIT);
	port_out8(PIC1_DATA, TRAP_IRQ_BASE);
	port_out8(PIC2_DATA, TRAP_IRQ_BASE + 8);
	port_out8(PIC1_DATA, ICW3_PIC1);
	port_out8(PIC2_DATA, ICW3_PIC2);
	port_out8(PIC1_DATA, ICW4_8086);
	port_out8(PIC2_DATA, ICW4_8086);
	mask_write();
	for (unsigned int line = 0; line < IRQ_LINES; line++)
		trap_set_handler(TRAP_IRQ_BASE + line, irq_trap);
}

u64 irq_spurious_count(void)
{
	return spurious_count;
}

void irq_mask(unsigned int line)
{
	unsigned long flags = irq_save();

	mask |= 1 << line;
	mask_write();
	irq_restore(flags);
}

void irq_unmask(unsigned int line)
{
	unsigned long flags = irq_save();

	mask &= ~(1 << line);
	mask_write();
	irq_restore(flags);
}
