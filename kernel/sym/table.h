/* SPDX-License-Identifier: MIT */
/*
 * table.h: the kernel's own symbol table, as tools/kallsyms writes it and linker.ld places it at
 * the end of the read-only data. Pure: everything is asked of a const struct.
 *
 * Symbols are numbered in address order. -mcmodel=kernel keeps every address within 32 bits that
 * are sign-extended to 64, so 32 bits are stored.
 */
#ifndef KOAN_SYM_TABLE_H
#define KOAN_SYM_TABLE_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/kallsyms.h>

/* tools/kallsyms/write.c writes these five words. */
struct ksym_table {
	u64 count;
	const u32 *addresses; /* ascending; of those that share one, the best name is first */
	const u32 *name_at;   /* where in @names each begins */
	const u32 *by_name;   /* numbers of symbols, in strcmp() order of their names */
	const char *names;    /* each: its type letter, its name, a NUL */
};

_Static_assert(offsetof(struct ksym_table, count) == 0, "tools/kallsyms writes count first");
_Static_assert(offsetof(struct ksym_table, addresses) == 8, "tools/kallsyms: addresses second");
_Static_assert(offsetof(struct ksym_table, name_at) == 16, "tools/kallsyms: name_at third");
_Static_assert(offsetof(struct ksym_table, by_name) == 24, "tools/kallsyms: by_name fourth");
_Static_assert(offsetof(struct ksym_table, names) == 32, "tools/kallsyms: names last");

unsigned long ksym_table_address(const struct ksym_table *table, u32 i);
/* Writes the name of symbol @i, NUL-terminated, and returns its type letter. */
char ksym_table_name(const struct ksym_table *table, u32 i, char name[KSYM_NAME_LEN]);
/* How many symbols lie at or below @address: the last of them has this number less one. */
u32 ksym_table_count_to(const struct ksym_table *table, unsigned long address);
/* Finds the first symbol in address order that is called @name. */
bool ksym_table_find(const struct ksym_table *table, const char *name, u32 *i);

#endif
