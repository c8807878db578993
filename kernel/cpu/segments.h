/* SPDX-License-Identifier: MIT */
/* segments.h: numbers that segments.c and traps.c share. */
#ifndef KOAN_CPU_SEGMENTS_H
#define KOAN_CPU_SEGMENTS_H

#include <linux/types.h>
#include <linux/compiler.h>

/* Selectors: offsets into the GDT. Linux's kernel has the same two, so oopses read alike. */
#define KERNEL_CS 0x10
#define KERNEL_DS 0x18
#define TSS_SEL	  0x20 /* two entries long: SDM 3A, 7.2.3 */

/* Stacks of the TSS, for traps that cannot trust the one they find. */
#define IST_FAULT 1
#define IST_NMI	  2

/* What lgdt and lidt take: SDM 3A, 2.4.1. */
struct table_register {
	u16 limit;
	u64 base;
} __packed;

#endif
