/* SPDX-License-Identifier: MIT */
/*
 * publish.c: phase 9: a module's exports come and go. They enter the index (export_index.c) when it
 * becomes COMING, and leave it before its memory does.
 *
 * Assumes that nobody else can publish between the check and the entry. Promises that no name is
 * there twice: whoever finds it could not know which of the two is meant.
 */
#include "module/load.h"
#include "module/exports.h"
#include "module/private.h"

#include <linux/kernel.h>
#include <linux/slab.h>

/* In a table of the module itself, before @table? Who exports one name for all and for GPL does that. */
static bool is_in_earlier_table(const struct symsearch *tables, const struct symsearch *table,
				const char *name)
{
	for (; tables < table; tables++)
		if (find_in_table(tables, name))
			return true;
	return false;
}

static int check_table(struct load *ld, const struct symsearch *tables,
		       const struct symsearch *table)
{
	const struct kernel_symbol *row;

	for (row = table->start; row < table->stop; row++) {
		struct find_symbol_arg fsa = {.name = row->name, .gplok = true};

		if (is_in_earlier_table(tables, table, row->name))
			fsa.owner = ld->mod;
		else if (!find_symbol(&fsa))
			continue;
		return load_fail(ld, ENOEXEC, "exports duplicate symbol %s (owned by %s)", fsa.name,
				 module_name(fsa.owner));
	}
	return 0;
}

int exports_check_free(struct load *ld)
{
	struct symsearch tables[MODULE_TABLES];
	unsigned int i, count = module_tables(ld->mod, tables);
	int err = 0;

	load_step(ld, STEP_PUBLISH);
	for (i = 0; i < MODULE_TABLES; i++)
		err = err ?: check_table(ld, tables, &tables[i]);
	if (!err && ld->dry_run)
		load_tell_would(ld, "exports that other modules could find: %u", count);
	return err;
}

static void publish_row(struct load *ld, const struct symsearch *table, unsigned int i)
{
	struct export_entry *entry = ld->mod->priv->exports + ld->mod->priv->exports_shown;

	entry->sym = table->start + i;
	entry->crc = table->crcs ? table->crcs + i : NULL;
	entry->license = table->license;
	entry->unused = table->unused;
	entry->owner = ld->mod;
	export_index_insert(entry);
	ld->mod->priv->exports_shown++;
	load_tell(ld, "%s at 0x%lx can be found, for %s", entry->sym->name, entry->sym->value,
		  export_license_name(table->license));
}

static void publish_table(struct load *ld, const struct symsearch *table)
{
	unsigned int i, count = table->stop - table->start;

	for (i = 0; i < count; i++)
		publish_row(ld, table, i);
}

int exports_publish(struct load *ld)
{
	struct module *mod = ld->mod;
	struct symsearch tables[MODULE_TABLES];
	unsigned int i, count = module_tables(mod, tables);

	if (count == 0)
		return 0;
	mod->priv->exports = kcalloc(count, sizeof(*mod->priv->exports), GFP_KERNEL);
	if (!mod->priv->exports)
		return load_fail(ld, ENOMEM, "no memory to index %u exports", count);
	mod->priv->exports_counted = count;
	/* Before the first row: from here on nothing can fail, so no half of the rows is ever shown. */
	export_index_resize(count);
	for (i = 0; i < MODULE_TABLES; i++)
		publish_table(ld, &tables[i]);
	return 0;
}

void exports_withdraw(struct module *mod)
{
	struct module_private *priv = mod->priv;

	/* Also when nothing was published: all counts are 0 then, and kfree(NULL) does nothing. */
	while (priv->exports_shown > 0)
		export_index_remove(priv->exports + --priv->exports_shown);
	export_index_resize(-priv->exports_counted);
	priv->exports_counted = 0;
	kfree(priv->exports);
	priv->exports = NULL;
}
