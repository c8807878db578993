/* SPDX-License-Identifier: MIT */
/*
 * resolve.c: phase 6, every name to an address.
 *
 * Assumes placed sections and known taints. Decides, for each symbol of the file, where it is: in
 * a section of its own, at a fixed address, or exported by the kernel or another module that this
 * module's licence and imports allow it to use. Promises that a symbol without an address stops
 * the load, after *all* of them have been named; only weak ones may stay 0. Each provider is held
 * by one reference, however many symbols it provides.
 */
#include "module/load.h"
#include "module/exports.h"

#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

/*
 * A proprietary module's symbols make their user proprietary too, and such a user has no business
 * with GPL-only ones. False: this symbol is not for this module.
 */
static bool inherit_taint(struct module *mod, const struct module *owner, const char *name)
{
	const unsigned long proprietary = 1UL << TAINT_PROPRIETARY_MODULE;

	if (!owner || !(owner->taints & proprietary))
		return true;
	if (mod->using_gplonly_symbols) {
		pr_err("%s: module using GPL-only symbols uses symbols %s from proprietary module "
		       "%s.\n",
		       mod->name, name, owner->name);
		return false;
	}
	if (!(mod->taints & proprietary)) {
		pr_warn("%s: module uses symbols %s from proprietary module %s, inheriting "
			"taint.\n",
			mod->name, name, owner->name);
		mod->taints |= proprietary;
	}
	return true;
}

static int check_namespace(const struct load *ld, const char *name, const char *namespace)
{
	if (!namespace || !*namespace || namespace_is_imported(ld, namespace))
		return 0;
	if (IS_ENABLED(CONFIG_MODULE_ALLOW_MISSING_NAMESPACE_IMPORTS)) {
		pr_warn("%s: module uses symbol (%s) from namespace %s, but does not import it.\n",
			ld->name, name, namespace);
		return 0;
	}
	return load_fail(ld, EINVAL,
			 "module uses symbol (%s) from namespace %s, but does not import it.", name,
			 namespace);
}

static int hold_provider(struct module *mod, struct module *owner)
{
	int err = owner ? registry_use(mod, owner) : 0;

	if (err == -EBUSY)
		pr_warn("%s: gave up waiting for init of module %s.\n", mod->name, owner->name);
	return err;
}

/* 0 and the address of @name in *@value, or why this module may not have it. */
static int resolve_symbol(struct load *ld, const char *name, u64 *value)
{
	const unsigned long proprietary = 1UL << TAINT_PROPRIETARY_MODULE;
	struct find_symbol_arg fsa = {
		.name = name,
		.gplok = !(ld->mod->taints & proprietary),
		.warn = true,
	};
	int err;

	if (!find_symbol(&fsa))
		return -ENOENT;
	if (fsa.license == GPL_ONLY)
		ld->mod->using_gplonly_symbols = true;
	if (!inherit_taint(ld->mod, fsa.owner, name))
		return -ENOENT;
	if (!check_version(ld, &fsa))
		return -EINVAL;
	err = check_namespace(ld, name, fsa.sym->namespace);
	err = err ?: hold_provider(ld->mod, fsa.owner);
	if (!err)
		*value = fsa.sym->value;
	return err;
}

static int resolve_undefined(struct load *ld, unsigned int i)
{
	const Elf64_Sym *symbol = ld->elf.symbols + i;
	const char *name = symbol_name(ld, i);
	int err = resolve_symbol(ld, name, &ld->values[i]);

	if (err == -ENOENT && ELF64_ST_BIND(symbol->st_info) == STB_WEAK)
		return 0;
	if (err)
		pr_warn("%s: Unknown symbol %s (err %d)\n", ld->name, name, err);
	if (err && !ld->missing)
		ld->missing = i;
	return err;
}

static int resolve_one(struct load *ld, unsigned int i)
{
	const Elf64_Sym *symbol = ld->elf.symbols + i;

	switch (symbol->st_shndx) {
	case SHN_UNDEF:
		return resolve_undefined(ld, i);
	case SHN_ABS:
		ld->values[i] = symbol->st_value;
		return 0;
	case SHN_COMMON:
		pr_warn("%s: please compile with -fno-common\n", ld->name);
		return -ENOEXEC;
	default:
		ld->values[i] = ld->plan[symbol->st_shndx].address + symbol->st_value;
		return 0;
	}
}

int resolve_symbols(struct load *ld)
{
	unsigned int i;
	int err, last = 0;

	ld->values = kcalloc(ld->elf.symbol_count, sizeof(*ld->values), GFP_KERNEL);
	if (!ld->values)
		return load_fail(ld, ENOMEM, "no memory for the addresses of %u symbols",
				 ld->elf.symbol_count);
	/* The first symbol of every table is the empty one. */
	for (i = 1; i < ld->elf.symbol_count; i++) {
		err = resolve_one(ld, i);
		last = err ?: last;
	}
	hint_at_missing(ld);
	return last;
}
