/* SPDX-License-Identifier: MIT */
/*
 * exports.c: every exported name. The kernel's are in three tables that the linker sorted, and are
 * found by halving. Those of all modules are in one hash index, so that a lookup costs the same
 * whether one module is loaded or two hundred.
 *
 * A module's rows enter the index when it becomes COMING and leave it when it goes. The number of
 * buckets follows from the number of rows alone, so that loading and unloading leaves nothing
 * behind; up to EXPORTS_STATIC rows it needs no memory.
 */
#include "module/load.h"

#include <linux/bsearch.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "lib/lib.h"

#define EXPORTS_STATIC 256 /* a power of two, as all sizes of the index */

/* One exported symbol of a module. */
struct export_entry {
	struct export_entry *next; /* in its bucket */
	u32 hash;
	enum mod_license license;
	const struct kernel_symbol *sym;
	const u32 *crc;
	struct module *owner;
};

static struct export_entry *static_buckets[EXPORTS_STATIC];
static struct export_entry **buckets = static_buckets;
static unsigned int bucket_count = EXPORTS_STATIC;
static unsigned int entry_count;

/* linker.ld: the kernel's own tables. */
extern const struct kernel_symbol __start___ksymtab[], __stop___ksymtab[];
extern const struct kernel_symbol __start___ksymtab_gpl[], __stop___ksymtab_gpl[];
extern const struct kernel_symbol __start___ksymtab_gpl_future[], __stop___ksymtab_gpl_future[];

static const struct symsearch kernel_tables[] = {
	{__start___ksymtab, __stop___ksymtab, NULL, NOT_GPL_ONLY},
	{__start___ksymtab_gpl, __stop___ksymtab_gpl, NULL, GPL_ONLY},
	{__start___ksymtab_gpl_future, __stop___ksymtab_gpl_future, NULL, GPL_FUTURE},
};

/* The three tables of a module, as the kernel's. */
#define MODULE_TABLES 3

static void module_tables(const struct module *mod, struct symsearch tables[MODULE_TABLES])
{
	tables[0] =
		(struct symsearch){mod->syms, mod->syms + mod->num_syms, mod->crcs, NOT_GPL_ONLY};
	tables[1] = (struct symsearch){mod->gpl_syms, mod->gpl_syms + mod->num_gpl_syms,
				       mod->gpl_crcs, GPL_ONLY};
	tables[2] = (struct symsearch){mod->gpl_future_syms,
				       mod->gpl_future_syms + mod->num_gpl_future_syms,
				       mod->gpl_future_crcs, GPL_FUTURE};
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

static int compare_to_row(const void *name, const void *row)
{
	return strcmp(name, ((const struct kernel_symbol *)row)->name);
}

static bool find_in_kernel(struct find_symbol_arg *fsa)
{
	const struct symsearch *table;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kernel_tables); i++) {
		table = &kernel_tables[i];
		fsa->sym = bsearch(fsa->name, table->start, table->stop - table->start,
				   sizeof(*table->start), compare_to_row);
		if (!fsa->sym)
			continue;
		fsa->owner = NULL;
		fsa->crc = NULL;
		fsa->license = table->license;
		return true;
	}
	return false;
}

static bool find_in_modules(struct find_symbol_arg *fsa)
{
	u32 hash = hash_string(fsa->name);
	const struct export_entry *entry;

	for (entry = buckets[hash & (bucket_count - 1)]; entry; entry = entry->next) {
		if (entry->hash != hash || strcmp(entry->sym->name, fsa->name) != 0)
			continue;
		fsa->owner = entry->owner;
		fsa->sym = entry->sym;
		fsa->crc = entry->crc;
		fsa->license = entry->license;
		return true;
	}
	return false;
}

bool find_symbol(struct find_symbol_arg *fsa)
{
	/* No export is that long; a hostile name is not worth hashing. */
	if (strnlen(fsa->name, KSYM_NAME_LEN) == KSYM_NAME_LEN)
		return false;
	return (find_in_kernel(fsa) || find_in_modules(fsa)) && may_use(fsa);
}

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

/* --- the index --- */

static void index_insert(struct export_entry *entry)
{
	struct export_entry **bucket = &buckets[entry->hash & (bucket_count - 1)];

	entry->next = *bucket;
	*bucket = entry;
}

static void index_remove(struct export_entry *entry)
{
	struct export_entry **link = &buckets[entry->hash & (bucket_count - 1)];

	while (*link != entry)
		link = &(*link)->next;
	*link = entry->next;
}

/* Moves all entries to @new, which has @new_count buckets, and frees the old ones. */
static void index_move(struct export_entry **new, unsigned int new_count)
{
	struct export_entry **old = buckets, *entry, *next;
	unsigned int i, old_count = bucket_count;

	memset(new, 0, new_count * sizeof(*new));
	buckets = new;
	bucket_count = new_count;
	for (i = 0; i < old_count; i++) {
		for (entry = old[i]; entry; entry = next) {
			next = entry->next;
			index_insert(entry);
		}
	}
	if (old != static_buckets)
		kfree(old);
}

/* One bucket or more for each entry. Without memory the index stays as it is: slower, but right. */
static void index_fit(void)
{
	unsigned int count = EXPORTS_STATIC;
	struct export_entry **new = static_buckets;

	while (count < entry_count)
		count *= 2;
	if (count == bucket_count)
		return;
	if (count > EXPORTS_STATIC)
		new = kcalloc(count, sizeof(*new), GFP_KERNEL);
	if (new)
		index_move(new, count);
}

/* --- a module's rows come and go --- */

static int publish_row(struct load *ld, const struct symsearch *table, unsigned int i)
{
	struct export_entry *entry = ld->mod->priv->exports + ld->mod->priv->exports_shown;
	struct find_symbol_arg fsa = {.name = table->start[i].name, .gplok = true};

	if (find_symbol(&fsa))
		return load_fail(ld, ENOEXEC, "exports duplicate symbol %s (owned by %s)", fsa.name,
				 module_name(fsa.owner));
	entry->sym = table->start + i;
	entry->crc = table->crcs ? table->crcs + i : NULL;
	entry->hash = hash_string(fsa.name);
	entry->license = table->license;
	entry->owner = ld->mod;
	index_insert(entry);
	ld->mod->priv->exports_shown++;
	return 0;
}

static int publish_table(struct load *ld, const struct symsearch *table)
{
	unsigned int i, count = table->stop - table->start;
	int err;

	for (i = 0; i < count; i++) {
		err = publish_row(ld, table, i);
		if (err)
			return err;
	}
	return 0;
}

int exports_publish(struct load *ld)
{
	struct module *mod = ld->mod;
	unsigned int count = mod->num_syms + mod->num_gpl_syms + mod->num_gpl_future_syms;
	struct symsearch tables[MODULE_TABLES];
	int err;

	if (count == 0)
		return 0;
	mod->priv->exports = kcalloc(count, sizeof(*mod->priv->exports), GFP_KERNEL);
	if (!mod->priv->exports)
		return load_fail(ld, ENOMEM, "no memory to index %u exports", count);
	entry_count += count;
	mod->priv->exports_counted = count;
	index_fit();
	module_tables(mod, tables);
	err = publish_table(ld, &tables[0]);
	err = err ?: publish_table(ld, &tables[1]);
	err = err ?: publish_table(ld, &tables[2]);
	return err;
}

void exports_withdraw(struct module *mod)
{
	struct module_private *priv = mod->priv;

	while (priv->exports_shown > 0)
		index_remove(priv->exports + --priv->exports_shown);
	entry_count -= priv->exports_counted;
	priv->exports_counted = 0;
	kfree(priv->exports);
	priv->exports = NULL;
	index_fit();
}
