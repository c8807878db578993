/* SPDX-License-Identifier: MIT */
/*
 * segments.c: the segments that 64-bit mode still asks for, and the stacks for bad moments.
 *
 * A double fault gets a stack of its own: its usual cause here is a stack that ran into its
 * guard page, where nothing can be pushed any more.
 */
#include "cpu/cpu.h"
#include "cpu/segments.h"

/* SDM 3A, 7.7: the 64-bit task-state segment, of which only the stacks are used. */
struct tss {
	u32 reserved0;
	u64 rsp[3];
	u64 reserved1;
	u64 ist[7]; /* IST 1..7 */
	u64 reserved2;
	u16 reserved3;
	u16 io_map; /* offset of the I/O permission map; past the end: none */
} __packed;

_Static_assert(sizeof(struct tss) == 104, "SDM 3A, figure 7-11");

/* SDM 3A, 3.4.5: present, ring 0; 64-bit code / data that can be written. Both marked accessed. */
#define SEGMENT_CODE	0x00209b0000000000ULL
#define SEGMENT_DATA	0x0000930000000000ULL
#define SEGMENT_TSS_LOW 0x0000890000000000ULL /* SDM 3A, 7.2.3: present, 64-bit TSS, available */

extern char boot_stack_bottom[], boot_stack_top[];
extern char fault_stack_bottom[], fault_stack_top[];
extern char nmi_stack_bottom[], nmi_stack_top[];

static struct tss tss;
static u64 gdt[TSS_SEL / 8 + 2];

static void gdt_fill(void)
{
	u64 base = (unsigned long)&tss;

	gdt[KERNEL_CS / 8] = SEGMENT_CODE;
	gdt[KERNEL_DS / 8] = SEGMENT_DATA;
	gdt[TSS_SEL / 8] = SEGMENT_TSS_LOW | (sizeof(tss) - 1) | (base & 0xffffff) << 16 |
			   (base >> 24 & 0xff) << 56;
	gdt[TSS_SEL / 8 + 1] = base >> 32;
}

/* A far return is how 64-bit code loads CS. */
static void segments_load(void)
{
	__asm__ volatile("pushq %0; leaq 1f(%%rip), %%rax; pushq %%rax; lretq; 1:\n"
			 "mov %1, %%ds; mov %1, %%es; mov %1, %%ss" ::"i"(KERNEL_CS),
			 "r"(KERNEL_DS)
			 : "rax", "memory");
	__asm__ volatile("ltr %w0" ::"r"(TSS_SEL));
}

void segments_init(void)
{
	struct table_register gdtr = {sizeof(gdt) - 1, (unsigned long)gdt};

	tss.ist[IST_FAULT - 1] = (unsigned long)fault_stack_top;
	tss.ist[IST_NMI - 1] = (unsigned long)nmi_stack_top;
	tss.io_map = sizeof(tss);
	gdt_fill();
	__asm__ volatile("lgdt %0" ::"m"(gdtr));
	segments_load();
}

bool stack_range(unsigned long sp, unsigned long *start, unsigned long *end)
{
	const struct {
		char *bottom, *top;
	} stacks[] = {
		{boot_stack_bottom, boot_stack_top},
		{fault_stack_bottom, fault_stack_top},
		{nmi_stack_bottom, nmi_stack_top},
	};

	for (unsigned int i = 0; i < sizeof(stacks) / sizeof(stacks[0]); i++) {
		*start = (unsigned long)stacks[i].bottom;
		*end = (unsigned long)stacks[i].top;
		if (sp >= *start && sp < *end)
			return true;
	}
	return false;
}
