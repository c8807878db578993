/* SPDX-License-Identifier: MIT */
/*
 * traps.c: exceptions and interrupts, from the 256 assembly stubs to the handler of each vector.
 *
 * Assumes segments_init() has run (the code selector, and the stacks that two gates switch to).
 * Promises that handlers run with interrupts off, and that a vector nobody claimed is told to the
 * fallback rather than ignored.
 */
#include "cpu/cpu.h"
#include "cpu/segments.h"

#include <linux/kernel.h>

#define STUB_SIZE 16 /* of traps_entry.asm */

/* SDM 3A, 6.14.1: a 64-bit gate. */
struct gate {
	u16 offset_low;
	u16 selector;
	u8 ist;	  /* 0: stay on this stack; 1..7: switch to that stack of the TSS */
	u8 flags; /* present, ring, kind */
	u16 offset_mid;
	u32 offset_high;
	u32 reserved;
} __packed;

_Static_assert(sizeof(struct gate) == 16, "SDM 3A, figure 6-8");

/* What traps_entry.asm pushes, by the offsets it implies. */
_Static_assert(offsetof(struct trap_frame, r15) == 0, "traps_entry.asm pushes r15 last");
_Static_assert(offsetof(struct trap_frame, rax) == 14 * 8, "traps_entry.asm pushes rax first");
_Static_assert(offsetof(struct trap_frame, vector) == 15 * 8, "the stub pushes the vector");
_Static_assert(offsetof(struct trap_frame, rip) == 17 * 8, "the processor's part comes next");
_Static_assert(sizeof(struct trap_frame) == 176, "22 words");

#define GATE_INTERRUPT 0x8e /* present, ring 0, interrupts off on entry: SDM 3A, 6.11 */

extern const u8 trap_stubs[TRAP_COUNT][STUB_SIZE];
void trap_dispatch(struct trap_frame *frame);

static struct gate idt[TRAP_COUNT] __aligned(16);
static trap_handler_t handlers[TRAP_COUNT];
static trap_handler_t fallback;

/* SDM 3A, table 6-1, in the manual's words. */
static const char *const names[TRAP_EXCEPTIONS] = {
	[0] = "Divide Error",
	[1] = "Debug Exception",
	[2] = "Non-Maskable Interrupt",
	[3] = "Breakpoint",
	[4] = "Overflow",
	[5] = "BOUND Range Exceeded",
	[6] = "Invalid Opcode",
	[7] = "Device Not Available",
	[8] = "Double Fault",
	[9] = "Coprocessor Segment Overrun",
	[10] = "Invalid TSS",
	[11] = "Segment Not Present",
	[12] = "Stack-Segment Fault",
	[13] = "General Protection",
	[14] = "Page Fault",
	[15] = "Reserved Exception 15",
	[16] = "x87 FPU Floating-Point Error",
	[17] = "Alignment Check",
	[18] = "Machine Check",
	[19] = "SIMD Floating-Point Exception",
	[20] = "Virtualization Exception",
	[21] = "Control Protection Exception",
	[22] = "Reserved Exception 22",
	[23] = "Reserved Exception 23",
	[24] = "Reserved Exception 24",
	[25] = "Reserved Exception 25",
	[26] = "Reserved Exception 26",
	[27] = "Reserved Exception 27",
	[28] = "Hypervisor Injection Exception",
	[29] = "VMM Communication Exception",
	[30] = "Security Exception",
	[31] = "Reserved Exception 31",
};

const char *trap_name(unsigned int vector)
{
	return vector < TRAP_EXCEPTIONS ? names[vector] : "Interrupt";
}

static void gate_set(unsigned int vector, u8 ist)
{
	unsigned long stub = (unsigned long)trap_stubs[vector];

	idt[vector] = (struct gate){
		.offset_low = stub & 0xffff,
		.selector = KERNEL_CS,
		.ist = ist,
		.flags = GATE_INTERRUPT,
		.offset_mid = (stub >> 16) & 0xffff,
		.offset_high = stub >> 32,
	};
}

void traps_init(void)
{
	struct table_register idtr = {sizeof(idt) - 1, (unsigned long)idt};

	for (unsigned int vector = 0; vector < TRAP_COUNT; vector++)
		gate_set(vector, 0);
	gate_set(TRAP_DOUBLE_FAULT, IST_FAULT);
	gate_set(TRAP_NMI, IST_NMI);
	__asm__ volatile("lidt %0" ::"m"(idtr));
}

void trap_set_handler(unsigned int vector, trap_handler_t handler)
{
	handlers[vector] = handler;
}

void trap_set_fallback(trap_handler_t handler)
{
	fallback = handler;
}

static unsigned int interrupt_depth;

bool in_interrupt(void)
{
	return interrupt_depth > 0;
}

/* Called by traps_entry.asm for every trap. */
void trap_dispatch(struct trap_frame *frame)
{
	trap_handler_t handler = handlers[frame->vector];
	bool interrupt = frame->vector >= TRAP_EXCEPTIONS;

	interrupt_depth += interrupt;
	if (!handler)
		handler = fallback;
	if (handler)
		handler(frame);
	interrupt_depth -= interrupt;
}
