/* SPDX-License-Identifier: MIT */
/*
 * sections.c: phase 5, the tables a module brings: exports with their CRCs, parameters,
 * constructors.
 *
 * Assumes placed sections whose sizes are whole rows (elf_tables.c looked). Promises that struct
 * module points at its own copies. What the rows contain is known only after relocation, so
 * verify_export_tables() comes later.
 */
#include "module/load.h"
#include "module/file.h"
#include "module/memory.h"
#include "module/private.h"

#include <linux/kernel.h>
#include <linux/kallsyms.h>
#include <linux/string.h>

/* The first one, if the file has several. */
unsigned int find_sec(const struct load *ld, const char *name)
{
	unsigned int i;

	for (i = 1; i < ld->elf.header->e_shnum; i++)
		if (ld->plan[i].kind != MOD_INVALID && strcmp(section_name(ld, i), name) == 0)
			return i;
	return 0;
}

void *section_objs(const struct load *ld, const char *name, size_t row, unsigned int *count)
{
	unsigned int i = find_sec(ld, name);

	*count = i ? ld->elf.sections[i].sh_size / row : 0;
	return *count ? ld->plan[i].bytes : NULL;
}

/* One table of exports; its CRCs are there for all of them or for none. */
static int find_exports(struct load *ld, const char *table, const struct kernel_symbol **syms,
			unsigned int *count, const char *crc_table, const u32 **crcs)
{
	unsigned int crc_count;

	*syms = section_objs(ld, table, sizeof(**syms), count);
	*crcs = section_objs(ld, crc_table, sizeof(**crcs), &crc_count);
	if (*crcs && crc_count != *count)
		return load_fail(ld, ENOEXEC, "%s has %u rows, but %s has %u", table, *count,
				 crc_table, crc_count);
	return 0;
}

/* Compilers use the one section or the other; who has both was put together from strange parts. */
static int find_constructors(struct load *ld)
{
	struct module_private *priv = ld->mod->priv;
	unsigned int count;
	const void *modern = section_objs(ld, ".init_array", sizeof(ctor_fn_t), &count);

	priv->constructors =
		section_objs(ld, ".ctors", sizeof(ctor_fn_t), &priv->constructor_count);
	if (!modern)
		return 0;
	if (priv->constructors)
		return load_fail(ld, EINVAL, "has both .ctors and .init_array.");
	priv->constructors = modern;
	priv->constructor_count = count;
	return 0;
}

static void tell_tables(const struct load *ld)
{
	const struct module *mod = ld->mod;
	const struct module_private *priv = mod->priv;

	load_tell(ld, "exports: %u in __ksymtab, %u in __ksymtab_gpl, %u in __ksymtab_gpl_future",
		  mod->num_syms, mod->num_gpl_syms, mod->num_gpl_future_syms);
	if (priv->num_unused_syms + priv->num_unused_gpl_syms)
		load_tell(ld, "exports: %u in __ksymtab_unused, %u in __ksymtab_unused_gpl",
			  priv->num_unused_syms, priv->num_unused_gpl_syms);
	load_tell(ld, "parameters: %u in __param; constructors: %u", mod->num_kp,
		  priv->constructor_count);
}

int find_module_sections(struct load *ld)
{
	struct module *mod = ld->mod;
	struct module_private *priv = mod->priv;
	int err;

	load_step(ld, STEP_TABLES);
	err = find_exports(ld, "__ksymtab", &mod->syms, &mod->num_syms, "__kcrctab", &mod->crcs);
	err = err
		      ?: find_exports(ld, "__ksymtab_gpl", &mod->gpl_syms, &mod->num_gpl_syms,
				      "__kcrctab_gpl", &mod->gpl_crcs);
	err = err
		      ?: find_exports(ld, "__ksymtab_gpl_future", &mod->gpl_future_syms,
				      &mod->num_gpl_future_syms, "__kcrctab_gpl_future",
				      &mod->gpl_future_crcs);
	err = err
		      ?: find_exports(ld, "__ksymtab_unused", &priv->unused_syms,
				      &priv->num_unused_syms, "__kcrctab_unused",
				      &priv->unused_crcs);
	err = err
		      ?: find_exports(ld, "__ksymtab_unused_gpl", &priv->unused_gpl_syms,
				      &priv->num_unused_gpl_syms, "__kcrctab_unused_gpl",
				      &priv->unused_gpl_crcs);
	mod->kp = section_objs(ld, "__param", sizeof(*mod->kp), &mod->num_kp);
	/* Of the time before MODULE_PARM() became module_param(). */
	if (find_sec(ld, "__obsparm"))
		pr_warn("%s: Ignoring obsolete parameters\n", ld->name);
	err = err ?: find_constructors(ld);
	if (!err)
		tell_tables(ld);
	return err;
}

bool module_owns_string(const struct module *mod, const char *s)
{
	const struct module_memory *mem;
	unsigned long offset, room;

	/* Not in what is given back after init: the names are needed longer. */
	for (mem = mod->mem; mem < mod->mem + MOD_INIT_TEXT; mem++) {
		offset = (unsigned long)s - (unsigned long)mem->base;
		if (offset >= mem->size)
			continue;
		room = min_t(unsigned long, mem->size - offset, KSYM_NAME_LEN);
		return strnlen(s, room) < room;
	}
	return false;
}

/* What is exported is the module's own, and stays. The end of a block may be a label. */
static bool owns_address(const struct module *mod, unsigned long address)
{
	const struct module_memory *mem;

	for (mem = mod->mem; mem < mod->mem + MOD_INIT_TEXT; mem++)
		if (mem->base && address - (unsigned long)mem->base <= mem->size)
			return true;
	return false;
}

/* Names first: the messages below print them, and strcmp() has to come to an end. */
static int verify_table(struct load *ld, const char *table, const struct kernel_symbol *syms,
			unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		if (!module_owns_string(ld->mod, syms[i].name) ||
		    !module_owns_string(ld->mod, syms[i].namespace))
			return load_fail(ld, ENOEXEC,
					 "row %u of %s has no name of at most %d characters", i,
					 table, KSYM_NAME_LEN - 1);
		if (!owns_address(ld->mod, syms[i].value))
			return load_fail(ld, ENOEXEC,
					 "%s exports %s, at 0x%lx, which is not in what stays of "
					 "the module: is it marked __init?",
					 table, syms[i].name, syms[i].value);
		if (i > 0 && strcmp(syms[i - 1].name, syms[i].name) >= 0)
			return load_fail(ld, ENOEXEC,
					 "%s is not sorted: '%s' follows '%s' (link it with "
					 "`make -C KOAN M=DIR modules`)",
					 table, syms[i].name, syms[i - 1].name);
	}
	return 0;
}

int verify_export_tables(struct load *ld)
{
	const struct module *mod = ld->mod;
	const struct module_private *priv = mod->priv;
	int err;

	load_step(ld, STEP_VERIFY);
	err = verify_table(ld, "__ksymtab", mod->syms, mod->num_syms);
	err = err ?: verify_table(ld, "__ksymtab_gpl", mod->gpl_syms, mod->num_gpl_syms);
	err = err
		      ?: verify_table(ld, "__ksymtab_gpl_future", mod->gpl_future_syms,
				      mod->num_gpl_future_syms);
	err = err ?: verify_table(ld, "__ksymtab_unused", priv->unused_syms, priv->num_unused_syms);
	err = err
		      ?: verify_table(ld, "__ksymtab_unused_gpl", priv->unused_gpl_syms,
				      priv->num_unused_gpl_syms);
	if (!err)
		load_tell(ld, "export tables: sorted, and what they lead to is the module's");
	return err;
}
