/* SPDX-License-Identifier: MIT */
/*
 * write.c: the table, in the shape that kernel/sym/table.h describes. Its size depends on the
 * names and their number alone, never on addresses: that is what makes linking in stages end.
 */
#include "kallsyms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void symbols_write_map(const struct symbols *syms)
{
	for (size_t i = 0; i < syms->count; i++)
		printf("%016llx %c %s\n", (unsigned long long)syms->list[i].address,
		       syms->list[i].type, syms->list[i].name);
}

/* Numbers are offsets and ranks: both must fit the table's 32 bits. */
static void write_long(size_t value)
{
	if (value > UINT32_MAX)
		fail("%zu bytes of names do not fit 32-bit offsets", value);
	printf("\t.long\t%zu\n", value);
}

static void write_header(const struct symbols *syms)
{
	puts("/* Made by tools/kallsyms; struct ksym_table of kernel/sym/table.h. */\n"
	     "\t.section .kallsyms, \"a\", @progbits\n"
	     "\t.balign\t8\n"
	     "\t.globl\tkallsyms_table\n"
	     "\t.type\tkallsyms_table, @object\n"
	     "kallsyms_table:");
	printf("\t.quad\t%zu\n", syms->count);
	puts("\t.quad\t.Laddresses, .Lname_at, .Lby_name, .Lnames\n"
	     "\t.size\tkallsyms_table, . - kallsyms_table");
}

static void write_addresses(const struct symbols *syms)
{
	puts(".Laddresses:");
	for (size_t i = 0; i < syms->count; i++)
		printf("\t.long\t0x%08x\n", (unsigned int)syms->list[i].address);
}

/* Each name takes its type letter and its NUL besides its characters. */
static void write_name_offsets(const struct symbols *syms)
{
	size_t at = 0;

	puts(".Lname_at:");
	for (size_t i = 0; i < syms->count; i++) {
		write_long(at);
		at += strlen(syms->list[i].name) + 2;
	}
}

static int compare_names(const void *a, const void *b)
{
	const struct symbol *x = *(const struct symbol *const *)a;
	const struct symbol *y = *(const struct symbol *const *)b;
	int order = strcmp(x->name, y->name);

	/* Equal names in address order: both point into the same list. */
	return order ? order : x < y ? -1 : x > y;
}

static void write_name_order(const struct symbols *syms)
{
	const struct symbol **order = calloc(syms->count + 1, sizeof(*order));

	if (!order)
		fail("no memory for the order of %zu names", syms->count);
	for (size_t i = 0; i < syms->count; i++)
		order[i] = &syms->list[i];
	qsort(order, syms->count, sizeof(*order), compare_names);
	puts(".Lby_name:");
	for (size_t i = 0; i < syms->count; i++)
		write_long((size_t)(order[i] - syms->list));
	free(order);
}

static void write_names(const struct symbols *syms)
{
	puts(".Lnames:");
	for (size_t i = 0; i < syms->count; i++)
		printf("\t.asciz\t\"%c%s\"\n", syms->list[i].type, syms->list[i].name);
}

void symbols_write_table(const struct symbols *syms)
{
	write_header(syms);
	write_addresses(syms);
	write_name_offsets(syms);
	write_name_order(syms);
	write_names(syms);
	puts("\t.section .note.GNU-stack, \"\", @progbits");
}
