/* SPDX-License-Identifier: MIT */
/*
 * vermagic.c: phase 2, built for this kernel? One string has the kernel's release and the options
 * that change what a module's memory looks like; the module carries the one it was built with.
 *
 * Assumes that info_read() returned 0. Decides by comparing: with all of the string or, when the
 * module has versions of all symbols it uses, which say more than a number, all but the release.
 * Pure.
 */
#include "module/load.h"
#include "module/file.h"

#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/vermagic.h>

static const char *behind_release(const char *magic)
{
	return magic + strcspn(magic, " ");
}

static bool same_magic(const char *module, const char *kernel, bool has_versions)
{
	if (has_versions) {
		module = behind_release(module);
		kernel = behind_release(kernel);
	}
	return strcmp(module, kernel) == 0;
}

int check_vermagic(struct load *ld)
{
	const char *magic = ld->info.vermagic;

	load_step(ld, STEP_VERMAGIC);
	load_tell(ld, "built for '%s', this kernel is '%s'%s", magic ?: "", VERMAGIC_STRING,
		  ld->has_versions ? ": the release may differ, as there are versions" : "");
	/* Who is told not to look taints, whatever there was to see: as Linux. */
	if (ld->flags & MODULE_INIT_IGNORE_VERMAGIC) {
		ld->forced = ld->forced ?: "bad vermagic";
		return 0;
	}
	if (!magic)
		return load_fail(ld, ENOEXEC, "no version magic in .modinfo, it should be '%s'",
				 VERMAGIC_STRING);
	if (!same_magic(magic, VERMAGIC_STRING, ld->has_versions))
		return load_fail(ld, ENOEXEC, "version magic '%s' should be '%s'", magic,
				 VERMAGIC_STRING);
	return 0;
}
