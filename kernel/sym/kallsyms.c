/* SPDX-License-Identifier: MIT */
/*
 * kallsyms.c: all symbols of the running system: the kernel's own, from the table that was linked
 * in, then those of modules. Works from the first instruction on, and needs no memory.
 */
#include "sym/sym.h"
#include "sym/lookup.h"
#include "sym/table.h"

#include <linux/errno.h>
#include <linux/string.h>

/* From tools/kallsyms. */
extern const struct ksym_table kallsyms_table;
/* From linker.ld: what of the kernel lies at high addresses. */
extern const char __text_start[], __kernel_end[];

unsigned int sym_kernel_count(void)
{
	return (unsigned int)kallsyms_table.count;
}

/* The kernel's last symbol at or below @address, by its number and one; aliases: the first. */
static bool kernel_sym_at(unsigned long address, u32 *first, u32 *next)
{
	if (address < (unsigned long)__text_start || address >= (unsigned long)__kernel_end)
		return false;
	*next = ksym_table_count_to(&kallsyms_table, address);
	if (!*next)
		return false;
	*first = ksym_table_count_to(&kallsyms_table,
				     ksym_table_address(&kallsyms_table, *next - 1) - 1);
	return ksym_table_address(&kallsyms_table, *first) >= (unsigned long)__text_start;
}

static int kernel_sym_by_address(unsigned long address, struct ksym_place *place)
{
	unsigned long end = (unsigned long)__kernel_end;
	u32 first, next;

	if (!kernel_sym_at(address, &first, &next))
		return -ENOENT;
	if (next < kallsyms_table.count && ksym_table_address(&kallsyms_table, next) < end)
		end = ksym_table_address(&kallsyms_table, next);
	ksym_table_name(&kallsyms_table, first, place->name);
	place->start = ksym_table_address(&kallsyms_table, first);
	place->offset = address - place->start;
	place->size = end - place->start;
	place->module = NULL;
	return 0;
}

int sym_lookup_address(unsigned long address, struct ksym_place *place)
{
	if (!kernel_sym_by_address(address, place))
		return 0;
	return module_sym_by_address(address, place);
}

unsigned long sym_lookup_name(const char *name)
{
	const char *colon = strchr(name, ':');
	u32 i;

	if (colon)
		return module_sym_by_name(colon + 1, name, (size_t)(colon - name));
	if (ksym_table_find(&kallsyms_table, name, &i))
		return ksym_table_address(&kallsyms_table, i);
	return module_sym_by_name(name, NULL, 0);
}

/* Not exported, as in Linux since 5.7: a module links to what is exported. */
unsigned long kallsyms_lookup_name(const char *name)
{
	return sym_lookup_name(name);
}

int sym_each(int (*fn)(const struct ksym *sym, void *data), void *data)
{
	char name[KSYM_NAME_LEN];
	struct ksym sym = {.name = name};
	int result;

	for (u32 i = 0; i < kallsyms_table.count; i++) {
		sym.address = ksym_table_address(&kallsyms_table, i);
		sym.type = ksym_table_name(&kallsyms_table, i, name);
		result = fn(&sym, data);
		if (result)
			return result;
	}
	return module_sym_each(fn, data);
}
