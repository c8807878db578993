/* SPDX-License-Identifier: MIT */
/*
 * modules.c: the symbols of loaded modules. Each module hands its table down when it becomes
 * visible, and takes it back before its memory goes.
 *
 * Lookups run inside panics and interrupts, and must not see half an addition: so the list changes
 * with interrupts off, and readers on this one processor need no more.
 */
#include "sym/sym.h"
#include "sym/lookup.h"
#include "cpu/cpu.h"

#include <linux/errno.h>
#include <linux/list.h>
#include <linux/limits.h>
#include <linux/sort.h>
#include <linux/string.h>

#define RANGES (sizeof_field(struct sym_table, ranges) / sizeof_field(struct sym_table, ranges[0]))

static LIST_HEAD(tables);

/* --- the two indexes: numbers of symbols, sorted --- */

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

static int compare_names(const void *a, const void *b, const void *priv)
{
	const struct sym_table *table = priv;
	u32 i = *(const u32 *)a, j = *(const u32 *)b;
	int order = strcmp(table->syms[i].name, table->syms[j].name);

	return order ? order : i < j ? -1 : i > j;
}

static void make_indexes(struct sym_table *table)
{
	for (u32 i = 0; i < table->count; i++)
		table->by_address[i] = table->by_name[i] = i;
	sort_r(table->by_address, table->count, sizeof(u32), compare_addresses, NULL, table);
	sort_r(table->by_name, table->count, sizeof(u32), compare_names, NULL, table);
}

void sym_table_add(struct sym_table *table)
{
	unsigned long flags;

	make_indexes(table);
	flags = irq_save();
	list_add(&table->list, &tables);
	irq_restore(flags);
}

void sym_table_remove(struct sym_table *table)
{
	unsigned long flags = irq_save();

	list_del(&table->list);
	irq_restore(flags);
}

/* --- by address --- */

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
static int range_of(const struct sym_table *table, unsigned long address)
{
	for (size_t i = 0; i < RANGES; i++)
		if (address - table->ranges[i].start < table->ranges[i].size)
			return (int)i;
	return -1;
}

/* A symbol reaches to the next one, or to the end of the memory that it lies in. */
static int lookup_in(const struct sym_table *table, unsigned long address, struct ksym_place *place)
{
	int range = range_of(table, address);
	u32 next = address == ULONG_MAX ? table->count : rank_from(table, address + 1);
	const struct ksym *sym;
	unsigned long end;

	if (range < 0 || !next)
		return -ENOENT;
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

int module_sym_by_address(unsigned long address, struct ksym_place *place)
{
	const struct sym_table *table;

	list_for_each_entry (table, &tables, list)
		if (!lookup_in(table, address, place))
			return 0;
	return -ENOENT;
}

/* --- by name, and all of them --- */

/* Equal names are in the file's order, and the first of them wins. */
static const struct ksym *find_in(const struct sym_table *table, const char *name)
{
	u32 low = 0, high = table->count;

	while (low < high) {
		u32 middle = low + (high - low) / 2;

		if (strcmp(table->syms[table->by_name[middle]].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == table->count || strcmp(table->syms[table->by_name[low]].name, name))
		return NULL;
	return &table->syms[table->by_name[low]];
}

static bool module_is(const struct sym_table *table, const char *module, size_t len)
{
	return !strncmp(table->module, module, len) && !table->module[len];
}

unsigned long module_sym_by_name(const char *name, const char *module, size_t module_len)
{
	const struct sym_table *table;

	list_for_each_entry (table, &tables, list) {
		const struct ksym *sym;

		if (module && !module_is(table, module, module_len))
			continue;
		sym = find_in(table, name);
		if (sym)
			return sym->address;
	}
	return 0;
}

int module_sym_each(int (*fn)(const struct ksym *sym, void *data), void *data)
{
	const struct sym_table *table;
	int result;

	list_for_each_entry (table, &tables, list) {
		for (u32 i = 0; i < table->count; i++) {
			result = fn(&table->syms[i], data);
			if (result)
				return result;
		}
	}
	return 0;
}
