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
#include <linux/string.h>

static LIST_HEAD(tables);

void sym_table_add(struct sym_table *table)
{
	unsigned long flags;

	sym_table_index(table);
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

/* Addresses of modules never overlap: the first table that knows the address is the one. */
int module_sym_by_address(unsigned long address, struct ksym_place *place)
{
	const struct sym_table *table;

	list_for_each_entry (table, &tables, list)
		if (!sym_table_by_address(table, address, place))
			return 0;
	return -ENOENT;
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
		sym = sym_table_by_name(table, name);
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

int module_sym_each_called(const char *name, int (*fn)(const struct ksym *sym, void *data),
			   void *data, unsigned int *probes)
{
	const struct sym_table *table;
	int result;

	list_for_each_entry (table, &tables, list) {
		result = sym_table_each_called(table, name, fn, data, probes);
		if (result)
			return result;
	}
	return 0;
}
