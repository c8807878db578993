/* SPDX-License-Identifier: MIT */
/*
 * taint.c: what a module does to the kernel's honour, and how that is written.
 *
 * Taints come before linking and stay when the load fails later, as in Linux: the code was let in.
 * Each message is printed for the first module only.
 */
#include "module/load.h"
#include "module/file.h"
#include "module/policy.h"

#include <linux/kernel.h>
#include <linux/string.h>
#include "log/log.h"

/* By bit number: admin-guide/tainted-kernels, the taints that modules can have. */
static const struct {
	unsigned int bit;
	char letter;
	const char *why;
} letters[] = {
	{TAINT_PROPRIETARY_MODULE, 'P', "its licence is not one of the GPL's kind"},
	{TAINT_FORCED_MODULE, 'F', "it was forced in"},
	{TAINT_CRAP, 'C', "it is from the staging directory"},
	{TAINT_OOT_MODULE, 'O', "it is not of the kernel's own tree"},
	{TAINT_UNSIGNED_MODULE, 'E', "nobody whom we trust has signed it"},
	{TAINT_TEST, 'N', "it is a test"},
};

/* Who only tries something out leaves the kernel as it is. */
static void taint_kernel(const struct load *ld, unsigned int bit)
{
	if (!ld->dry_run)
		add_taint(bit);
}

/* Then it has been said. In a dry run only the module knows. */
static bool has_taint(const struct load *ld, unsigned int bit)
{
	return test_taint(bit) || (ld->mod->taints >> bit & 1);
}

static void taint_both(struct load *ld, unsigned int bit)
{
	taint_kernel(ld, bit);
	ld->mod->taints |= 1UL << bit;
}

static void taint_by_license(struct load *ld)
{
	const char *license = ld->info.license ?: "unspecified";

	if (license_is_gpl_compatible(license))
		return;
	if (!has_taint(ld, TAINT_PROPRIETARY_MODULE))
		pr_warn("%s: module license '%s' taints kernel.\n", ld->name, license);
	taint_both(ld, TAINT_PROPRIETARY_MODULE);
}

/*
 * Three modules of Linux's history that are not what they say. ndiswrapper is free itself, but
 * runs code that is not; it may go on using GPL-only exports, so only the kernel is tainted.
 */
static void taint_by_name(struct load *ld)
{
	bool kernel_only = strcmp(ld->name, "ndiswrapper") == 0;

	if (!kernel_only && strcmp(ld->name, "driverloader") != 0 && strcmp(ld->name, "lve") != 0)
		return;
	/* What the licence did has been said already. */
	if (!has_taint(ld, TAINT_PROPRIETARY_MODULE) && license_is_gpl_compatible(ld->info.license))
		pr_warn("%s: module license taints kernel.\n", ld->name);
	if (kernel_only)
		taint_kernel(ld, TAINT_PROPRIETARY_MODULE);
	else
		taint_both(ld, TAINT_PROPRIETARY_MODULE);
}

static void taint_by_force(struct load *ld, const char *reason)
{
	if (!has_taint(ld, TAINT_FORCED_MODULE))
		pr_warn("%s: %s: kernel tainted.\n", ld->name, reason);
	taint_both(ld, TAINT_FORCED_MODULE);
}

int try_to_force_load(struct load *ld, unsigned int flag, const char *reason)
{
	if (!(ld->flags & flag))
		return -ENOEXEC;
	if (ld->mod)
		taint_by_force(ld, reason);
	else
		ld->forced = ld->forced ?: reason;
	return 0;
}

static void taint_by_signature(struct load *ld)
{
	if (!IS_ENABLED(CONFIG_MODULE_SIG) || ld->sig_ok)
		return;
	if (!has_taint(ld, TAINT_UNSIGNED_MODULE))
		pr_notice("%s: module verification failed: signature and/or required key missing - "
			  "tainting kernel\n",
			  ld->name);
	taint_both(ld, TAINT_UNSIGNED_MODULE);
}

static void tell_taints(const struct load *ld)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(letters); i++)
		if (ld->mod->taints >> letters[i].bit & 1)
			load_tell(ld, "%c: %s%s", letters[i].letter, letters[i].why,
				  ld->dry_run ? ": would taint the kernel" : ": taints the kernel");
	if (!ld->mod->taints)
		load_tell(ld, "none");
}

void taint_by_module(struct load *ld)
{
	load_step(ld, STEP_TAINT);
	if (ld->forced)
		taint_by_force(ld, ld->forced);
	if (!ld->info.in_tree) {
		if (!has_taint(ld, TAINT_OOT_MODULE))
			pr_warn("%s: loading out-of-tree module taints kernel.\n", ld->name);
		taint_both(ld, TAINT_OOT_MODULE);
	}
	if (ld->info.staging) {
		pr_warn("%s: module is from the staging directory, the quality is unknown, you "
			"have been warned.\n",
			ld->name);
		taint_both(ld, TAINT_CRAP);
	}
	taint_by_license(ld);
	if (ld->info.test) {
		if (!has_taint(ld, TAINT_TEST))
			pr_warn("%s: loading test module taints kernel.\n", ld->name);
		taint_both(ld, TAINT_TEST);
	}
	taint_by_signature(ld);
	taint_by_name(ld);
	tell_taints(ld);
}

const char *module_taints(const struct module *mod, char *buf)
{
	char *p = buf;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(letters); i++)
		if (mod->taints >> letters[i].bit & 1)
			*p++ = letters[i].letter;
	*p = '\0';
	return buf;
}

const char *module_flags(const struct module *mod, char buf[MODULE_FLAGS_SIZE], bool show_state)
{
	char *p = buf;

	*p++ = '(';
	p += strlen(module_taints(mod, p));
	if (show_state && mod->state == MODULE_STATE_GOING)
		*p++ = '-';
	if (show_state && mod->state == MODULE_STATE_COMING)
		*p++ = '+';
	if (p == buf + 1)
		return "";
	*p++ = ')';
	*p = '\0';
	return buf;
}
