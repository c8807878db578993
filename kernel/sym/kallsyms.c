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
	return kallsyms_table.count;
}

/* What the linker script put at low addresses has symbols too, but is not the running kernel. */
static bool is_kernel(unsigned long address)
{
	return address >= (unsigned long)__text_start && address < (unsigned long)__kernel_end;
}

/* The span of the last symbol, which has no next one, may reach beyond the kernel: it is cut. */
static int kernel_sym_by_address(unsigned long address, struct ksym_place *place)
{
	struct ksym_span span;

	if (!is_kernel(address) || !ksym_table_span(&kallsyms_table, address, &span) ||
	    !is_kernel(span.start))
		return -ENOENT;
	ksym_table_name(&kallsyms_table, span.number, place->name);
	place->start = span.start;
	place->offset = address - span.start;
	place->size = (is_kernel(span.end) ? span.end : (unsigned long)__kernel_end) - span.start;
	place->module = NULL;
	return 0;
}

/* The two never claim the same address: modules live in a window of their own (mm.h). */
int sym_lookup_address(unsigned long address, struct ksym_place *place)
{
	if (!kernel_sym_by_address(address, place))
		return 0;
	return module_sym_by_address(address, place);
}

unsigned long sym_lookup_name(const char *name)
{
	const char *colon = strchr(name, ':');
	u32 number;

	if (colon)
		return module_sym_by_name(colon + 1, name, (size_t)(colon - name));
	if (ksym_table_find(&kallsyms_table, name, &number))
		return ksym_table_address(&kallsyms_table, number);
	return module_sym_by_name(name, NULL, 0);
}

/* Not exported, as in Linux since 5.7: a module links to what is exported. */
unsigned long kallsyms_lookup_name(const char *name)
{
	return sym_lookup_name(name);
}

/* --- Linux's names for the same --- */

const char *kallsyms_lookup(unsigned long address, unsigned long *size, unsigned long *offset,
			    char **modname, char *namebuf)
{
	struct ksym_place place;

	if (sym_lookup_address(address, &place))
		return NULL;
	if (size)
		*size = place.size;
	if (offset)
		*offset = place.offset;
	if (modname)
		*modname = (char *)place.module;
	strlcpy(namebuf, place.name, KSYM_NAME_LEN);
	return namebuf;
}

int kallsyms_lookup_size_offset(unsigned long address, unsigned long *size, unsigned long *offset)
{
	char name[KSYM_NAME_LEN];

	return kallsyms_lookup(address, size, offset, NULL, name) != NULL;
}

int lookup_symbol_name(unsigned long address, char *name)
{
	return kallsyms_lookup(address, NULL, NULL, NULL, name) ? 0 : -ERANGE;
}

int lookup_module_symbol_name(unsigned long address, char *name)
{
	struct ksym_place place;

	if (module_sym_by_address(address, &place))
		return -ERANGE;
	strlcpy(name, place.name, KSYM_NAME_LEN);
	return 0;
}

/* --- all of them --- */

static int kernel_sym_each(int (*fn)(const struct ksym *sym, void *data), void *data)
{
	/* Names are packed: each is unpacked here, and gone with the next. */
	char name[KSYM_NAME_LEN];
	struct ksym sym = {.name = name};
	int result = 0;

	for (u32 rank = 0; rank < kallsyms_table.count && !result; rank++) {
		u32 number = ksym_table_at_rank(&kallsyms_table, rank);

		sym.address = ksym_table_address(&kallsyms_table, number);
		sym.type = ksym_table_name(&kallsyms_table, number, name);
		result = fn(&sym, data);
	}
	return result;
}

int sym_each(int (*fn)(const struct ksym *sym, void *data), void *data)
{
	return kernel_sym_each(fn, data) ?: module_sym_each(fn, data);
}

/* What kallsyms_on_each_symbol() was asked for. */
struct caller {
	int (*fn)(void *data, const char *name, struct module *mod, unsigned long address);
	void *data;
};

static int call(const struct ksym *sym, void *data)
{
	const struct caller *caller = data;

	return caller->fn(caller->data, sym->name, NULL, sym->address);
}

int kallsyms_on_each_symbol(int (*fn)(void *data, const char *name, struct module *mod,
				      unsigned long address),
			    void *data)
{
	struct caller caller = {fn, data};

	return kernel_sym_each(call, &caller);
}

/* Symbols are numbered in the order of their names, so those that share one lie side by side. */
static int kernel_each_called(const char *name, int (*fn)(const struct ksym *sym, void *data),
			      void *data, unsigned int *probes)
{
	u32 low = 0, high = kallsyms_table.count;
	char buf[KSYM_NAME_LEN];
	struct ksym sym = {.name = name};
	int result = 0;

	while (low < high) {
		u32 middle = low + (high - low) / 2;

		(*probes)++;
		ksym_table_name(&kallsyms_table, middle, buf);
		if (strcmp(buf, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; !result && low < kallsyms_table.count; low++) {
		(*probes)++;
		sym.type = ksym_table_name(&kallsyms_table, low, buf);
		if (strcmp(buf, name) != 0)
			break;
		sym.address = ksym_table_address(&kallsyms_table, low);
		result = fn(&sym, data);
	}
	return result;
}

int sym_each_called(const char *name, int (*fn)(const struct ksym *sym, void *data), void *data,
		    unsigned int *probes)
{
	int result = kernel_each_called(name, fn, data, probes);

	return result ?: module_sym_each_called(name, fn, data, probes);
}
