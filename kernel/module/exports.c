/* SPDX-License-Identifier: MIT */
/*
 * exports.c: every exported name, and the search for one. The kernel's are in five tables that the
 * linker sorted, and are found by halving. Those of all modules are in one index (export_index.c),
 * which publish.c fills.
 */
#include "module/load.h"
#include "module/exports.h"
#include "module/private.h"
#include "module/registry.h"

#include <linux/bsearch.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/string.h>

/* linker.ld: the kernel's own tables. */
extern const struct kernel_symbol __start___ksymtab[], __stop___ksymtab[];
extern const struct kernel_symbol __start___ksymtab_gpl[], __stop___ksymtab_gpl[];
extern const struct kernel_symbol __start___ksymtab_gpl_future[], __stop___ksymtab_gpl_future[];
extern const struct kernel_symbol __start___ksymtab_unused[], __stop___ksymtab_unused[];
extern const struct kernel_symbol __start___ksymtab_unused_gpl[], __stop___ksymtab_unused_gpl[];

#ifdef CONFIG_MODVERSIONS
extern const u32 __start___kcrctab[], __start___kcrctab_gpl[], __start___kcrctab_gpl_future[];
extern const u32 __start___kcrctab_unused[], __start___kcrctab_unused_gpl[];
#define CRCS(table) table
#else
#define CRCS(table) NULL
#endif

static const struct symsearch kernel_tables[] = {
	{__start___ksymtab, __stop___ksymtab, CRCS(__start___kcrctab), NOT_GPL_ONLY, false},
	{__start___ksymtab_gpl, __stop___ksymtab_gpl, CRCS(__start___kcrctab_gpl), GPL_ONLY, false},
	{__start___ksymtab_gpl_future, __stop___ksymtab_gpl_future,
	 CRCS(__start___kcrctab_gpl_future), GPL_FUTURE, false},
	{__start___ksymtab_unused, __stop___ksymtab_unused, CRCS(__start___kcrctab_unused),
	 NOT_GPL_ONLY, true},
	{__start___ksymtab_unused_gpl, __stop___ksymtab_unused_gpl,
	 CRCS(__start___kcrctab_unused_gpl), GPL_ONLY, true},
};

static_assert(ARRAY_SIZE(kernel_tables) == MODULE_TABLES, "a module has the tables of the kernel");

static struct symsearch table_of(const struct kernel_symbol *syms, unsigned int count,
				 const u32 *crcs, enum mod_license license, bool unused)
{
	return (struct symsearch){syms, syms + count, crcs, license, unused};
}

unsigned int module_tables(const struct module *mod, struct symsearch tables[MODULE_TABLES])
{
	const struct module_private *priv = mod->priv;
	unsigned int i, count = 0;

	tables[0] = table_of(mod->syms, mod->num_syms, mod->crcs, NOT_GPL_ONLY, false);
	tables[1] = table_of(mod->gpl_syms, mod->num_gpl_syms, mod->gpl_crcs, GPL_ONLY, false);
	tables[2] = table_of(mod->gpl_future_syms, mod->num_gpl_future_syms, mod->gpl_future_crcs,
			     GPL_FUTURE, false);
	tables[3] = table_of(priv->unused_syms, priv->num_unused_syms, priv->unused_crcs,
			     NOT_GPL_ONLY, true);
	tables[4] = table_of(priv->unused_gpl_syms, priv->num_unused_gpl_syms,
			     priv->unused_gpl_crcs, GPL_ONLY, true);
	for (i = 0; i < MODULE_TABLES; i++)
		count += tables[i].stop - tables[i].start;
	return count;
}

bool each_symbol_section(bool (*fn)(const struct symsearch *table, struct module *owner,
				    void *data),
			 void *data)
{
	struct symsearch tables[MODULE_TABLES];
	struct module *mod;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kernel_tables); i++)
		if (fn(&kernel_tables[i], NULL, data))
			return true;
	list_for_each_entry (mod, &modules, list) {
		if (mod->state == MODULE_STATE_UNFORMED)
			continue;
		module_tables(mod, tables);
		for (i = 0; i < MODULE_TABLES; i++)
			if (fn(&tables[i], mod, data))
				return true;
	}
	return false;
}

/* --- finding --- */

/* The licence has its say only where the name is found. */
static bool may_use(struct find_symbol_arg *fsa)
{
	if (fsa->gplok || fsa->license == NOT_GPL_ONLY)
		return true;
	if (fsa->license == GPL_ONLY)
		return false;
	if (fsa->warn)
		pr_warn("Symbol %s is being used by a non-GPL module, which will not be allowed in "
			"the future\n",
			fsa->name);
	return true;
}

/* Since the start: who wants to know takes a difference. (bsearch() hands nothing through.) */
static unsigned int rows_compared;

static int compare_to_row(const void *name, const void *row)
{
	rows_compared++;
	return strcmp(name, ((const struct kernel_symbol *)row)->name);
}

const struct kernel_symbol *find_in_table(const struct symsearch *table, const char *name)
{
	return bsearch(name, table->start, table->stop - table->start, sizeof(*table->start),
		       compare_to_row);
}

static bool find_in_kernel(struct find_symbol_arg *fsa)
{
	const struct symsearch *table;
	unsigned int i, compared;

	for (i = 0; i < ARRAY_SIZE(kernel_tables); i++) {
		table = &kernel_tables[i];
		compared = rows_compared;
		fsa->sym = find_in_table(table, fsa->name);
		fsa->probes[i] = rows_compared - compared;
		fsa->last = i;
		if (!fsa->sym)
			continue;
		fsa->owner = NULL;
		fsa->crc = table->crcs ? table->crcs + (fsa->sym - table->start) : NULL;
		fsa->license = table->license;
		fsa->unused = table->unused;
		return true;
	}
	return false;
}

/* All modules at once: however many there are, it is one hash and the names in one bucket. */
static bool find_in_modules(struct find_symbol_arg *fsa)
{
	const struct export_entry *entry =
		export_index_find(fsa->name, &fsa->probes[MODULES_INDEX]);

	fsa->last = MODULES_INDEX;
	if (!entry)
		return false;
	fsa->owner = entry->owner;
	fsa->sym = entry->sym;
	fsa->crc = entry->crc;
	fsa->license = entry->license;
	fsa->unused = entry->unused;
	return true;
}

/* Somebody uses it after all. */
static void warn_of_unused(const char *name)
{
	pr_warn("Symbol %s is marked as UNUSED, however this module is using it.\n", name);
	pr_warn("This symbol will go away in the future.\n");
	pr_warn("Please evaluate if this is the right api to use and if it really is, submit a "
		"report to the linux kernel mailing list together with submitting your code for "
		"inclusion.\n");
}

bool find_symbol(struct find_symbol_arg *fsa)
{
	/* No export is that long; a hostile name is not worth hashing. */
	if (strnlen(fsa->name, KSYM_NAME_LEN) == KSYM_NAME_LEN)
		return false;
	fsa->found = find_in_kernel(fsa) || find_in_modules(fsa);
	if (!fsa->found || !may_use(fsa))
		return false;
	if (fsa->unused && fsa->warn)
		warn_of_unused(fsa->name);
	return true;
}

const char *export_license_name(enum mod_license license)
{
	static const char *const names[] = {[NOT_GPL_ONLY] = "all",
					    [GPL_ONLY] = "GPL only",
					    [GPL_FUTURE] = "GPL only some day"};

	return names[license];
}

const char *export_place_name(enum export_place place)
{
	static const char *const names[EXPORT_PLACES] = {
		[KERNEL_ALL] = "__ksymtab",
		[KERNEL_GPL] = "__ksymtab_gpl",
		[KERNEL_GPL_FUTURE] = "__ksymtab_gpl_future",
		[KERNEL_UNUSED] = "__ksymtab_unused",
		[KERNEL_UNUSED_GPL] = "__ksymtab_unused_gpl",
		[MODULES_INDEX] = "modules",
	};

	return names[place];
}

/* Once, while booting: halving finds nothing, or the wrong thing, in a table that is not sorted. */
void exports_check_kernel(void)
{
	const struct kernel_symbol *row;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kernel_tables); i++)
		for (row = kernel_tables[i].start + 1; row < kernel_tables[i].stop; row++)
			if (strcmp(row[-1].name, row->name) >= 0)
				panic("export table %u of the kernel is not sorted: '%s' follows "
				      "'%s' (see SORT in linker.ld)",
				      i, row->name, row[-1].name);
}
