/* SPDX-License-Identifier: MIT */
/*
 * table.c: the parts of the table. Their sizes depend on the names and their number alone, never on
 * addresses: that is what makes linking in stages end.
 */
#include "kallsyms.h"

#include <stdlib.h>
#include <string.h>

const struct symbol *table_symbol(const struct table *table, size_t number)
{
	return &table->syms->list[table->rank_of[number]];
}

static int compare_names(const void *a, const void *b)
{
	const struct symbol *x = *(const struct symbol *const *)a;
	const struct symbol *y = *(const struct symbol *const *)b;
	int order = strcmp(x->name, y->name);

	/* Equal names in address order: both point into the same list. */
	return order ? order : x < y ? -1 : x > y;
}

static void number_symbols(struct table *table)
{
	const struct symbol **order = allocate(table->count, sizeof(*order));

	for (size_t i = 0; i < table->count; i++)
		order[i] = &table->syms->list[i];
	if (table->count)
		qsort(order, table->count, sizeof(*order), compare_names);
	for (size_t number = 0; number < table->count; number++) {
		size_t rank = (size_t)(order[number] - table->syms->list);

		table->rank_of[number] = (uint32_t)rank;
		table->number_at[rank] = (uint32_t)number;
	}
	free(order);
}

/* As many bits as the highest number needs. */
static unsigned int bits_for(size_t count)
{
	unsigned int bits = 1;

	while (count > (size_t)1 << bits)
		bits++;
	return bits;
}

static unsigned int shared_beginning(const char *a, const char *b)
{
	unsigned int n = 0;

	while (n < KSYM_SHARED_MAX && a[n] && a[n] == b[n])
		n++;
	return n;
}

static void find_shared(struct table *table)
{
	for (size_t i = 0; i < table->count; i++)
		if (i % KSYM_BLOCK)
			table->shared[i] = shared_beginning(table_symbol(table, i - 1)->name,
							    table_symbol(table, i)->name);
}

/* What is left of each name, its type letter, and a NUL. */
static struct stream rests(const struct table *table)
{
	struct stream text = {0};
	size_t room = 0;

	for (size_t i = 0; i < table->count; i++)
		room += strlen(table_symbol(table, i)->name) + 2;
	text.bytes = allocate(room, 1);
	for (size_t i = 0; i < table->count; i++) {
		const struct symbol *sym = table_symbol(table, i);
		const char *rest = sym->name + table->shared[i];
		size_t len = strlen(rest);

		memcpy(text.bytes + text.len, rest, len);
		text.bytes[text.len + len] = (uint8_t)sym->type;
		text.bytes[text.len + len + 1] = '\0';
		text.len += len + 2;
	}
	return text;
}

/* Puts before each name, unless it begins a block, how much it shares. */
static void join(struct table *table, const struct stream *rests)
{
	size_t from = 0, to = 0;

	table->names.bytes = allocate(rests->len + table->count, 1);
	for (size_t i = 0; i < table->count; i++) {
		table->name_at[i] = to;
		if (i % KSYM_BLOCK)
			table->names.bytes[to++] = (uint8_t)table->shared[i];
		do
			table->names.bytes[to++] = rests->bytes[from];
		while (rests->bytes[from++] < table->codes.first_end);
	}
	table->name_at[table->count] = to;
	table->names.len = to;
	if (to > UINT32_MAX)
		fail("%zu bytes of names do not fit 32-bit offsets", to);
}

void table_make(struct table *table, const struct symbols *syms)
{
	size_t count = syms->count;
	struct stream text, coded;

	*table = (struct table){.syms = syms, .count = count};
	table->blocks = (count + KSYM_BLOCK - 1) / KSYM_BLOCK;
	table->rank_bits = bits_for(count);
	table->rank_of = allocate(count, sizeof(*table->rank_of));
	table->number_at = allocate(count, sizeof(*table->number_at));
	table->shared = allocate(count, sizeof(*table->shared));
	table->name_at = allocate(count, sizeof(*table->name_at));
	number_symbols(table);
	find_shared(table);
	text = rests(table);
	coded = pairs_encode((const char *)text.bytes, text.len, &table->codes);
	join(table, &coded);
	free(text.bytes);
	free(coded.bytes);
}

void table_free(struct table *table)
{
	free(table->rank_of);
	free(table->number_at);
	free(table->shared);
	free(table->name_at);
	free(table->names.bytes);
}
