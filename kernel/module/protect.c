/* SPDX-License-Identifier: MIT */
/*
 * protect.c: phase 8, seal. Code cannot be written, data cannot be executed, constants neither.
 *
 * Assumes that relocation is over. Each kind of memory is its own block of whole pages, so a
 * permission never covers more than its kind. Changing permissions cannot fail. Without
 * CONFIG_STRICT_MODULE_RWX everything may be done with all of it.
 */
#include "module/load.h"
#include "module/memory.h"

#include "mm/mm.h"

static void protect(struct load *ld, enum mod_mem_type kind, enum page_prot prot)
{
	static const char *const letters[] = {
		[PROT_RX] = "r-x", [PROT_RO] = "r--", [PROT_RW] = "rw-", [PROT_RWX] = "rwx"};
	const struct module_memory *mem = ld->mod->mem + kind;

	if (!mem->base)
		return;
	if (!IS_ENABLED(CONFIG_STRICT_MODULE_RWX))
		prot = PROT_RWX;
	window_protect(mem->base, mem->size, prot);
	load_tell(ld, "%s at 0x%lx: %u bytes %s", mem_kind_name(kind), (unsigned long)mem->base,
		  mem->size, letters[prot]);
}

void protect_module(struct load *ld)
{
	load_step(ld, STEP_SEAL);
	protect(ld, MOD_TEXT, PROT_RX);
	protect(ld, MOD_INIT_TEXT, PROT_RX);
	protect(ld, MOD_RODATA, PROT_RO);
	protect(ld, MOD_INIT_RODATA, PROT_RO);
	protect(ld, MOD_DATA, PROT_RW);
	protect(ld, MOD_INIT_DATA, PROT_RW);
	protect(ld, MOD_RO_AFTER_INIT, PROT_RW);
}

void protect_after_init(struct load *ld)
{
	protect(ld, MOD_RO_AFTER_INIT, PROT_RO);
}
