/* SPDX-License-Identifier: MIT */
/*
 * symbol.c: symbols that a module asks for by name while it runs, because it can do without them.
 * Each answer holds a reference to the module that has the symbol, until it is put back.
 */
#include "module/load.h"
#include "module/exports.h"
#include "module/registry.h"

#include <linux/kernel.h>

void *__symbol_get(const char *symbol)
{
	struct find_symbol_arg fsa = {.name = symbol, .gplok = true};

	if (!find_symbol(&fsa))
		return NULL;
	/* Otherwise this would be the way round the licence, which is checked while linking. */
	if (fsa.license != GPL_ONLY) {
		pr_warn("failing symbol_get of non-GPLONLY symbol %s.\n", symbol);
		return NULL;
	}
	if (fsa.owner && (module_is_coming(fsa.owner) || !try_module_get(fsa.owner)))
		return NULL;
	return (void *)fsa.sym->value;
}
EXPORT_SYMBOL_GPL(__symbol_get);

void __symbol_put(const char *symbol)
{
	struct find_symbol_arg fsa = {.name = symbol, .gplok = true};

	if (!WARN_ON(!find_symbol(&fsa)))
		module_put(fsa.owner);
}
EXPORT_SYMBOL(__symbol_put);

struct module *__module_address(unsigned long addr)
{
	struct module *mod;

	list_for_each_entry (mod, &modules, list)
		if (mod->state != MODULE_STATE_UNFORMED && within_module(addr, mod))
			return mod;
	return NULL;
}
EXPORT_SYMBOL_GPL(__module_address);

/* The kernel's own symbols hold nobody. */
void symbol_put_addr(void *addr)
{
	module_put(__module_address((unsigned long)addr));
}
EXPORT_SYMBOL_GPL(symbol_put_addr);
