/* SPDX-License-Identifier: MIT */
/*
 * index.c: finding a symbol in one module's table by halves, through two lists of symbol numbers:
 * one in address order, one in name order. Pure.
 */
#include "sym/sym.h"
#include "sym/lookup.h"

#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/sort.h>
#include <linux/string.h>

#define RANGES (sizeof_field(struct sym_table, ranges) / sizeof_field(struct sym_table, ranges[0]))

static bool is_global(const struct ksym *sym)
{
	return sym->type >= 'A' && sym->type <= 'Z';
}

/* Of several symbols at one address, a global one comes first, then the file's order counts. */
static int compare_addresses(const void *a, const void *b, const void *priv)
{
	const struct sym_table *table = priv;
	u32 i = *(const u32 *)a, j = *(const u32 *)b;
	const struct ksym *x = &table->syms[i], *y = &table->syms[j];

	if (x->address != y->address)
		return x->address < y->address ? -1 : 1;
	if (is_global(x) != is_global(y))
		return is_global(x) ? -1 : 1;
	return i < j ? -1 : i > j;
}

/* Never 0 for two symbols: sort_r() need not keep the order of equals, and ours is the file's. */
static int compare_names(const void *a, const void *b, const void *priv)
{
	const struct sym_table *table = priv;
	u32 i = *(const u32 *)a, j = *(const u32 *)b;
	int order = strcmp(table->syms[i].name, table->syms[j].name);

	return order ? order : i < j ? -1 : i > j;
}

void sym_table_index(struct sym_table *table)
{
	for (u32 i = 0; i < table->count; i++)
		table->by_address[i] = table->by_name[i] = i;
	sort_r(table->by_address, table->count, sizeof(u32), compare_addresses, NULL, table);
	sort_r(table->by_name, table->count, sizeof(u32), compare_names, NULL, table);
}

static const struct ksym *sym_at(const struct sym_table *table, u32 rank)
{
	return &table->syms[table->by_address[rank]];
}

/* The first rank whose symbol lies at @address or above. */
static u32 rank_from(const struct sym_table *table, unsigned long address)
{
	u32 low = 0, high = table->count;

	while (low < high) {
		u32 middle = low + (high - low) / 2;

		if (sym_at(table, middle)->address < address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The range of the module's memory that @address lies in, as its number, or -1. */
/* (One test for both ends: what lies before the start wraps to a huge difference.) */
static int range_of(const struct sym_table *table, unsigned long address)
{
	for (size_t i = 0; i < RANGES; i++)
		if (address - table->ranges[i].start < table->ranges[i].size)
			return (int)i;
	return -1;
}

/* A symbol reaches to the next one, or to the end of the memory that it lies in. */
int sym_table_by_address(const struct sym_table *table, unsigned long address,
			 struct ksym_place *place)
{
	int range = range_of(table, address);
	/* Behind all that begin at @address or before; "+ 1" would wrap at the very top. */
	u32 next = address == ULONG_MAX ? table->count : rank_from(table, address + 1);
	const struct ksym *sym;
	unsigned long end;

	if (range < 0 || !next)
		return -ENOENT;
	/* The one right before it has the address; the first one that has it is the best of them. */
	sym = sym_at(table, rank_from(table, sym_at(table, next - 1)->address));
	/* What lies in another section has nothing to do with this address. */
	if (range_of(table, sym->address) != range)
		return -ENOENT;
	end = table->ranges[range].start + table->ranges[range].size;
	if (next < table->count && sym_at(table, next)->address < end)
		end = sym_at(table, next)->address;
	strlcpy(place->name, sym->name, sizeof(place->name));
	place->start = sym->address;
	place->offset = address - sym->address;
	place->size = end - sym->address;
	place->module = table->module;
	return 0;
}

/* The first rank whose symbol's name is @name or comes after it; counts the names it looks at. */
static u32 rank_of_name(const struct sym_table *table, const char *name, unsigned int *probes)
{
	u32 low = 0, high = table->count;

	while (low < high) {
		u32 middle = low + (high - low) / 2;

		(*probes)++;
		if (strcmp(table->syms[table->by_name[middle]].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Equal names are in the file's order, and the first of them wins. */
const struct ksym *sym_table_by_name(const struct sym_table *table, const char *name)
{
	unsigned int probes = 0;
	u32 low = rank_of_name(table, name, &probes);

	if (low == table->count || strcmp(table->syms[table->by_name[low]].name, name))
		return NULL;
	return &table->syms[table->by_name[low]];
}

int sym_table_each_called(const struct sym_table *table, const char *name,
			  int (*fn)(const struct ksym *sym, void *data), void *data,
			  unsigned int *probes)
{
	u32 low = rank_of_name(table, name, probes);
	int result = 0;

	for (; !result && low < table->count; low++) {
		const struct ksym *sym = &table->syms[table->by_name[low]];

		(*probes)++;
		if (strcmp(sym->name, name) != 0)
			break;
		result = fn(sym, data);
	}
	return result;
}
