/* SPDX-License-Identifier: MIT */
/*
 * protect.c: phase 8, seal. Code cannot be written, data cannot be executed, constants neither.
 *
 * Assumes that relocation is over. Each kind of memory is its own block of whole pages, so a
 * permission never covers more than its kind. Changing permissions cannot fail. Without
 * CONFIG_STRICT_MODULE_RWX everything may be done with all of it.
 */
#include "module/load.h"

#include "mm/mm.h"

static void protect(struct module *mod, enum mod_mem_type kind, enum page_prot prot)
{
	const struct module_memory *mem = mod->mem + kind;

	if (mem->base)
		window_protect(mem->base, mem->size,
			       IS_ENABLED(CONFIG_STRICT_MODULE_RWX) ? prot : PROT_RWX);
}

void protect_module(struct module *mod)
{
	protect(mod, MOD_TEXT, PROT_RX);
	protect(mod, MOD_INIT_TEXT, PROT_RX);
	protect(mod, MOD_RODATA, PROT_RO);
	protect(mod, MOD_INIT_RODATA, PROT_RO);
	protect(mod, MOD_DATA, PROT_RW);
	protect(mod, MOD_INIT_DATA, PROT_RW);
	protect(mod, MOD_RO_AFTER_INIT, PROT_RW);
}

void protect_after_init(struct module *mod)
{
	protect(mod, MOD_RO_AFTER_INIT, PROT_RO);
}
