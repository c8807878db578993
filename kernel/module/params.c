/* SPDX-License-Identifier: MIT */
/*
 * params.c: phase 10, the arguments: `name=value` words, each for a variable of the module.
 *
 * Assumes relocated rows in mod->kp, which param_rows.c looks at first. As on Linux a name that no parameter has is reported and
 * ignored, and so is all that follows `--`. How words are read is in args.c. They are kept in
 * mod->args, which the module owns, while they are taken apart.
 */
#include "module/params.h"

#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

/*
 * module.async_probe=1 on the kernel command line: the default of the parameter below, for all.
 * As that, it is known and changes nothing.
 */
static bool async_probe;
__module_param_call("module.", async_probe, &param_ops_bool, &async_probe, 0644, -1, 0);

/* Two names mean something for every module: how it is loaded, and what it may print. */
static int unknown_param(const struct param_rows *params, const char *name)
{
	static bool told;

	if (strcmp(name, "async_probe") == 0)
		return 0; /* nothing in Koan is loaded asynchronously */
	if (strcmp(name, "dyndbg") == 0) {
		if (!told)
			pr_warn("dyndbg param is supported only in CONFIG_DYNAMIC_DEBUG builds\n");
		told = true;
		return 0;
	}
	pr_warn("%s: unknown parameter '%s' ignored\n", params->doing, name);
	return 0;
}

int params_parse(struct load *ld)
{
	struct module *mod = ld->mod;
	const struct param_rows params = {
		.doing = mod->name,
		.rows = mod->kp,
		.count = mod->num_kp,
		.unknown = unknown_param,
	};
	int err = verify_param_rows(ld);
	const char *rest;

	if (err)
		return err;
	mod->args = kstrdup(ld->args ?: "", GFP_KERNEL);
	if (!mod->args)
		return load_fail(ld, ENOMEM, "no memory for its arguments");
	err = parse_args(&params, mod->args, &rest);
	if (!err && rest && *rest)
		pr_warn("%s: parameters '%s' after `--' ignored\n", mod->name, rest);
	return err;
}

void params_free(struct module *mod)
{
	unsigned int i;

	if (!mod->args)
		return; /* nothing was set, and the rows may not even be relocated */
	for (i = 0; i < mod->num_kp; i++)
		if (mod->kp[i].ops->free)
			mod->kp[i].ops->free(mod->kp[i].arg);
	kfree(mod->args);
	mod->args = NULL;
}
