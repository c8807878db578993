/* SPDX-License-Identifier: MIT */
/*
 * table.h: the kernel's own symbol table, as tools/kallsyms writes it and linker.ld places it at
 * the end of the read-only data. docs/kallsyms.md draws it. Pure: everything is asked of a const
 * struct, no memory is taken, and every question takes O(log n).
 *
 * A symbol's number is its place in strcmp() order of the names; equal names are in address order.
 * Its rank is its place in address order; of those that share an address, the best name is first.
 *
 * -mcmodel=kernel keeps every address within 32 bits that are sign-extended to 64, so 32 bits are
 * stored.
 *
 * Names lie in blocks of KSYM_BLOCK. The first of a block is whole; each other one begins with a
 * byte that says how many characters it shares with the name before it (at most KSYM_SHARED_MAX),
 * and the rest follows (front coding). What is left is written in codes of one byte, each of which
 * stands for a text of 1 to 7 characters (byte-pair encoding). The letter of the symbol's type ends
 * its name; the codes whose text ends so are the highest ones, and no other text contains one.
 */
#ifndef KOAN_SYM_TABLE_H
#define KOAN_SYM_TABLE_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/kallsyms.h>

/* tools/kallsyms/kallsyms.h has the same three. */
#define KSYM_BLOCK	10
#define KSYM_STEP	32  /* ranks */
#define KSYM_SHARED_MAX 255 /* characters: what a byte holds */

/* tools/kallsyms/write.c writes these fields, in this order. */
struct ksym_table {
	u32 count;
	u16 rank_bits;	      /* 1 to 25: so many bits has each entry of @by_rank */
	u16 first_end;	      /* codes from this one on end a name; at most 255 */
	const u32 *addresses; /* by number */
	const u32 *steps;     /* addresses too: of ranks 0, KSYM_STEP, 2 * KSYM_STEP, ... */
	const u8 *by_rank;    /* numbers, packed, the lowest bit first; 3 bytes follow */
	const u32 *blocks;    /* where in @names each block begins */
	const u8 *names;
	const u64 *texts; /* by code: the first character lowest; how many, in the highest byte */
};

_Static_assert(offsetof(struct ksym_table, count) == 0, "tools/kallsyms writes count first");
_Static_assert(offsetof(struct ksym_table, rank_bits) == 4, "tools/kallsyms: rank_bits next");
_Static_assert(offsetof(struct ksym_table, first_end) == 6, "tools/kallsyms: first_end next");
_Static_assert(offsetof(struct ksym_table, addresses) == 8, "tools/kallsyms: addresses next");
_Static_assert(offsetof(struct ksym_table, steps) == 16, "tools/kallsyms: steps next");
_Static_assert(offsetof(struct ksym_table, by_rank) == 24, "tools/kallsyms: by_rank next");
_Static_assert(offsetof(struct ksym_table, blocks) == 32, "tools/kallsyms: blocks next");
_Static_assert(offsetof(struct ksym_table, names) == 40, "tools/kallsyms: names next");
_Static_assert(offsetof(struct ksym_table, texts) == 48, "tools/kallsyms: texts last");

/* The symbol that an address belongs to. */
struct ksym_span {
	u32 number;
	unsigned long start; /* of the symbol */
	unsigned long end;   /* where the next one starts that lies elsewhere; else ULONG_MAX */
};

/* --- table.c: addresses --- */

/* The address of symbol @number, and the number of the symbol with rank @rank; both: < count. */
unsigned long ksym_table_address(const struct ksym_table *table, u32 number);
u32 ksym_table_at_rank(const struct ksym_table *table, u32 rank);
/* How many symbols lie at or below @address: the last of them has this rank less one. */
u32 ksym_table_count_to(const struct ksym_table *table, unsigned long address);
/* The last symbol at or below @address; of several there, the first. False: all lie above. */
bool ksym_table_span(const struct ksym_table *table, unsigned long address, struct ksym_span *span);

/* --- names.c --- */

/* Writes the name of symbol @number (< count), NUL-terminated, and returns its type letter. */
char ksym_table_name(const struct ksym_table *table, u32 number, char name[KSYM_NAME_LEN]);
/* Finds the first symbol in address order that is called @name. */
bool ksym_table_find(const struct ksym_table *table, const char *name, u32 *number);

#endif
