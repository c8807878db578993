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
#include "module/file.h"
#include "module/link.h"
#include "module/registry.h"

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

/* In a dry run nobody is held, but who could not be is not to be had. */
static int hold_provider(struct load *ld, struct module *owner)
{
	int err;

	if (!owner)
		return 0;
	err = ld->dry_run ? registry_may_use(owner) : registry_use(ld->mod, owner);
	if (err == -EBUSY)
		pr_warn("%s: gave up waiting for init of module %s.\n", ld->name, owner->name);
	return err;
}

/* --- how it went --- */

#define TELL_SIZE 256

/* "__ksymtab (9), __ksymtab_gpl (8)": the places, and with how many names there it was compared. */
static void tell_search(const struct load *ld, const struct find_symbol_arg *fsa)
{
	char places[TELL_SIZE];
	unsigned int i;
	int len = 0;

	for (i = 0; i <= fsa->last; i++)
		len += scnprintf(places + len, sizeof(places) - len, "%s%s (%u)", i ? ", " : "",
				 export_place_name(i), fsa->probes[i]);
	load_tell(ld, "%s: searched %s: %s", fsa->name, places, fsa->found ? "found" : "not found");
}

static const char *crc_text(const struct load *ld, const struct find_symbol_arg *fsa,
			    char buf[TELL_SIZE])
{
	const struct version *built = version_find(ld, fsa->name);

	if (!fsa->crc)
		return "none";
	if (built)
		snprintf(buf, TELL_SIZE, "%#010x, wanted %#010x", *fsa->crc, built->crc);
	else
		snprintf(buf, TELL_SIZE, "%#010x, none wanted", *fsa->crc);
	return buf;
}

static const char *namespace_text(const struct load *ld, const char *namespace, char buf[TELL_SIZE])
{
	if (!namespace || !*namespace)
		return "none";
	snprintf(buf, TELL_SIZE, "%s, %simported", namespace,
		 namespace_is_imported(ld, namespace) ? "" : "not ");
	return buf;
}

/* Where it is, and all on which it depends whether this module may have it. */
static void tell_symbol(const struct load *ld, const struct find_symbol_arg *fsa, int err)
{
	char crc[TELL_SIZE], namespace[TELL_SIZE];

	tell_search(ld, fsa);
	if (!fsa->found)
		return;
	load_tell(ld, "%s: S=0x%lx in %s, for %s (we are %s), namespace %s, CRC %s%s", fsa->name,
		  fsa->sym->value, fsa->owner ? fsa->owner->name : "kernel",
		  export_license_name(fsa->license), fsa->gplok ? "GPL" : "proprietary",
		  namespace_text(ld, fsa->sym->namespace, namespace), crc_text(ld, fsa, crc),
		  err ? ": refused" : "");
}

/* May this module have what was found? */
static int use_symbol(struct load *ld, const struct find_symbol_arg *fsa)
{
	int err;

	if (fsa->license == GPL_ONLY)
		ld->mod->using_gplonly_symbols = true;
	if (!inherit_taint(ld->mod, fsa->owner, fsa->name))
		return -ENOENT;
	if (!check_version(ld, fsa))
		return -EINVAL;
	err = check_namespace(ld, fsa->name, fsa->sym->namespace);
	return err ?: hold_provider(ld, fsa->owner);
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
	int err = find_symbol(&fsa) ? use_symbol(ld, &fsa) : -ENOENT;

	if (!err)
		*value = fsa.sym->value;
	if (ld->listener)
		tell_symbol(ld, &fsa, err);
	return err;
}

static int resolve_undefined(struct load *ld, unsigned int i)
{
	const Elf64_Sym *symbol = ld->elf.symbols + i;
	const char *name = symbol_name(ld, i);
	int err = resolve_symbol(ld, name, &ld->values[i]);

	if (err == -ENOENT && ELF64_ST_BIND(symbol->st_info) == STB_WEAK) {
		load_tell(ld, "%s: S=0x0, weak: it may be missing", name);
		return 0;
	}
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

	load_step(ld, STEP_RESOLVE);
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
