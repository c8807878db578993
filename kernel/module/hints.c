/* SPDX-License-Identifier: MIT */
/*
 * hints.c: what might help, when a symbol is unknown. Linux says only that it is; the reasons that
 * people run into are few, and can be told apart. One line a reason, after all of Linux's.
 *
 * Assumes that resolve_symbols() has failed and printed its lines. Changes nothing.
 */
#include "module/load.h"
#include "module/exports.h"
#include "module/file.h"
#include "module/link.h"
#include "module/providers.h"

#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "lib/lib.h"

#define SYMBOLS_MOST 8 /* of the symbols that are missing; the others mostly have the same reason */

/* Compilers name this table in code that they believe to be part of a shared library. */
static bool hint_at_pic(const struct load *ld, const char *symbol)
{
	if (strcmp(symbol, "_GLOBAL_OFFSET_TABLE_") != 0)
		return false;
	pr_notice("%s: this is position-independent code: compile it with -fno-pic "
		  "-mcmodel=kernel\n",
		  ld->name);
	return true;
}

static bool hint_at_license(const struct load *ld, const struct find_symbol_arg *fsa)
{
	if (license_is_gpl_compatible(ld->info.license) || fsa->license != GPL_ONLY)
		return false;
	pr_notice("%s: %s is there, in %s, but only for modules that say "
		  "MODULE_LICENSE(\"GPL\")\n",
		  ld->name, fsa->name, module_name(fsa->owner));
	return true;
}

static bool hint_at_namespace(const struct load *ld, const struct find_symbol_arg *fsa)
{
	const char *namespace = fsa->sym->namespace;

	if (!namespace || !*namespace || namespace_is_imported(ld, namespace))
		return false;
	if (strncmp(namespace, NAMESPACE_LIST, strlen(NAMESPACE_LIST)) == 0)
		pr_notice("%s: %s, in %s, is only for the modules %s\n", ld->name, fsa->name,
			  module_name(fsa->owner), namespace + strlen(NAMESPACE_LIST));
	else
		pr_notice("%s: %s, in %s, is for modules that say MODULE_IMPORT_NS(\"%s\")\n",
			  ld->name, fsa->name, module_name(fsa->owner), namespace);
	return true;
}

/* Somebody who is loaded exports it: then the reason is one of these two, or Linux's own line says. */
static bool hint_at_export(const struct load *ld, const char *symbol)
{
	struct find_symbol_arg fsa = {.name = symbol, .gplok = true};

	if (!find_symbol(&fsa))
		return false;
	if (!hint_at_license(ld, &fsa))
		hint_at_namespace(ld, &fsa);
	return true;
}

/* A file has it. Once a file: modules mostly need several things of another. */
static bool hint_at_provider(const struct load *ld, const char *symbol, struct provider *last)
{
	static struct provider provider; /* too large for a stack */

	if (!provider_find(symbol, &provider))
		return false;
	if (strcmp(provider.path, last->path) == 0)
		return true;
	*last = provider;
	if (find_module(provider.module))
		pr_notice("%s: %s exports %s, but the %s that is loaded does not: is it another "
			  "build?\n",
			  ld->name, provider.path, symbol, provider.module);
	else if (provider.by_name)
		pr_notice("%s: %s is exported by %s, which is not loaded: modprobe %s first\n",
			  ld->name, symbol, provider.module, provider.module);
	else
		pr_notice("%s: %s is exported by %s, which is not loaded: insmod %s first\n",
			  ld->name, symbol, provider.module, provider.path);
	return true;
}

/* .modinfo has "depends=a,b": what modpost found to provide this module's symbols. */
static void hint_at_depends(const struct load *ld)
{
	const char *rest = ld->info.depends ?: "";
	char provider[MODULE_NAME_LEN];
	size_t len;

	while (*rest) {
		len = strcspn(rest, ",");
		strscpy(provider, rest, min(len + 1, sizeof(provider)));
		if (len && !find_module(provider)) {
			pr_notice("%s: it depends on %s, which is not loaded, and in neither "
				  "/root nor /lib/modules\n",
				  ld->name, provider);
			return;
		}
		rest += len + (rest[len] == ',');
	}
}

struct nearest {
	const char *wanted;
	unsigned int edits;
	const char *found;
	struct module *owner;
};

static bool search_table(const struct symsearch *table, struct module *owner, void *data)
{
	struct nearest *nearest = data;
	const struct kernel_symbol *row;

	for (row = table->start; row < table->stop; row++) {
		if (!resembles(nearest->wanted, row->name, nearest->edits))
			continue;
		nearest->found = row->name;
		nearest->owner = owner;
		return true;
	}
	return false;
}

static bool hint_at_nearest(const struct load *ld, const char *symbol)
{
	struct nearest nearest = {.wanted = symbol};
	size_t length = strlen(symbol);
	/* Short names resemble too much. */
	unsigned int most = length < 4 ? 0 : length < 8 ? 1 : 2;

	for (nearest.edits = 1; nearest.edits <= most; nearest.edits++) {
		if (!each_symbol_section(search_table, &nearest))
			continue;
		pr_notice("%s: is %s meant, which %s exports?\n", ld->name, nearest.found,
			  module_name(nearest.owner));
		return true;
	}
	return false;
}

static bool hint_at_symbol(const struct load *ld, const char *symbol, struct provider *last)
{
	/* No export is that long; and comparing it with others' names could take hours. */
	if (strnlen(symbol, KSYM_NAME_LEN) == KSYM_NAME_LEN)
		return false;
	return hint_at_pic(ld, symbol) || hint_at_export(ld, symbol) ||
	       hint_at_provider(ld, symbol, last) || hint_at_nearest(ld, symbol);
}

/* What resolve_symbols() complained of: no address, and not by choice. */
static bool is_missing(const struct load *ld, unsigned int i)
{
	const Elf64_Sym *symbol = ld->elf.symbols + i;

	return symbol->st_shndx == SHN_UNDEF && ld->values[i] == 0 &&
	       ELF64_ST_BIND(symbol->st_info) != STB_WEAK;
}

void hint_at_missing(const struct load *ld)
{
	static struct provider last; /* the one that was named last; too large for a stack */
	unsigned int i, left = SYMBOLS_MOST;
	bool helped = false;

	last = (struct provider){0};
	if (ld->missing == 0)
		return;
	for (i = ld->missing; i < ld->elf.symbol_count && left > 0; i++) {
		if (!is_missing(ld, i))
			continue;
		helped |= hint_at_symbol(ld, symbol_name(ld, i), &last);
		left--;
	}
	if (!helped)
		hint_at_depends(ld);
}
