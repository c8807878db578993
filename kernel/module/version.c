/* SPDX-License-Identifier: MIT */
/*
 * version.c: is each symbol still what the module was built against? The module says which CRC the
 * symbol's type had then (version_table.c), the exporter which it has now (__kcrctab).
 *
 * Decides by comparing: other CRC, no module. An exporter that knows no CRC is believed, and so is a
 * module whose table leaves out just this symbol; one without any table only when it is forced.
 * Promises that a refusal tells both CRCs and which side to build anew.
 */
#include "module/load.h"
#include "module/exports.h"
#include "module/file.h"
#include "module/link.h"
#include "module/policy.h"

#include <linux/kernel.h>
#include <linux/string.h>

/* Linux's line says that they differ; this one how, and what to do about it. */
static void tell_both(const struct load *ld, const char *name, u32 built, u32 now,
		      const struct module *owner)
{
	pr_warn("%s: %s has version %#010x in %s, but %s was built for %#010x: build %s anew "
		"against %s's Module.symvers\n",
		ld->name, name, now, module_name(owner), ld->name, built, ld->name,
		module_name(owner));
}

static void tell_missing(struct load *ld, const char *name)
{
	if (ld->told_missing_version)
		return;
	ld->told_missing_version = true;
	if (ld->versions_extended)
		pr_warn("%s: no extended symbol version for %s\n", ld->name, name);
	else
		pr_warn("%s: no symbol version for %s\n", ld->name, name);
}

static bool check_crc(struct load *ld, const struct find_symbol_arg *fsa)
{
	const struct version *built = version_find(ld, fsa->name);

	if (!built)
		tell_missing(ld, fsa->name);
	if (!built || built->crc == *fsa->crc)
		return true;
	pr_warn("%s: disagrees about version of symbol %s\n", ld->name, fsa->name);
	tell_both(ld, fsa->name, built->crc, *fsa->crc, fsa->owner);
	return false;
}

bool check_version(struct load *ld, const struct find_symbol_arg *fsa)
{
	/* 0 is what modpost writes for an export whose version it could not compute. */
	if (!fsa->crc || !*fsa->crc)
		return true;
	if (ld->has_versions)
		return check_crc(ld, fsa);
	return try_to_force_load(ld, MODULE_INIT_IGNORE_MODVERSIONS, fsa->name) == 0;
}

/* Linux is silent here. */
static int refuse_unversioned(const struct load *ld)
{
	pr_warn("%s: has no versions of the symbols it uses: build it with this kernel's "
		"configuration\n",
		ld->name);
	return -ENOEXEC;
}

int check_modstruct_version(struct load *ld)
{
	struct find_symbol_arg fsa = {.name = "module_layout", .gplok = true};
	const struct version *built = version_find(ld, fsa.name);

	load_step(ld, STEP_STRUCTURES);
	if (!find_symbol(&fsa))
		return 0;
	if (fsa.crc)
		load_tell(ld, "%s: CRC %#010x here, %#010x in the file", fsa.name, *fsa.crc,
			  built ? built->crc : 0);
	else
		load_tell(ld, "%s: no CRC here, nothing to compare with", fsa.name);
	if (check_version(ld, &fsa))
		return 0;
	return ld->has_versions ? -ENOEXEC : refuse_unversioned(ld);
}

int check_export_versions(struct load *ld)
{
	const char *reason = "no versions for exported symbols";
	const struct module *mod = ld->mod;
	int err;

	if (!IS_ENABLED(CONFIG_MODVERSIONS) ||
	    ((!mod->num_syms || mod->crcs) && (!mod->num_gpl_syms || mod->gpl_crcs)))
		return 0;
	err = try_to_force_load(ld, MODULE_INIT_IGNORE_MODVERSIONS, reason);
	if (err)
		pr_warn("%s: %s: build it with this kernel's configuration\n", ld->name, reason);
	return err;
}
