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

/* The words of a load, and whose they are. */
struct load_words {
	struct param_rows params;
	struct load *ld;
};

/* Two names mean something for every module: how it is loaded, and what it may print. */
static int unknown_param(const struct param_rows *params, const char *name)
{
	static bool told;

	if (strcmp(name, "async_probe") == 0)
		return 0; /* nothing in Koan is loaded asynchronously */
	if (strcmp(name, "dyndbg") == 0) {
		if (told)
			return 0;
		pr_warn("dyndbg param is supported only in CONFIG_DYNAMIC_DEBUG builds\n");
		told = !container_of(params, struct load_words, params)->ld->dry_run;
		return 0;
	}
	pr_warn("%s: unknown parameter '%s' ignored\n", params->doing, name);
	return 0;
}

static int set_told(const struct param_rows *params, const struct kernel_param *kp,
		    const char *value)
{
	struct load *ld = container_of(params, struct load_words, params)->ld;
	int err = param_set(kp, value);

	load_tell(ld, "%s='%s' is %s", kp->name, value ?: "", err ? "refused" : "set");
	return err;
}

/* What only code of the module can decide is not decided, and nobody's taints are changed. */
static int set_dry(const struct param_rows *params, const struct kernel_param *kp,
		   const char *value)
{
	struct load *ld = container_of(params, struct load_words, params)->ld;
	int err = param_takes(kp, value);

	if (!err && !param_is_private(ld->mod, kp)) {
		load_tell_would(
			ld, "%s='%s' would be given to the function at 0x%lx, which was not asked",
			kp->name, value ?: "", (unsigned long)kp->ops->set);
		return 0;
	}
	err = err ?: kp->ops->set(value, kp);
	load_tell_would(ld, "%s='%s' would be %s%s", kp->name, value ?: "", err ? "refused" : "set",
			!err && (kp->flags & KERNEL_PARAM_FL_UNSAFE) ? ", and taint the kernel"
								     : "");
	return err;
}

static int parse(struct load *ld, char *text, typeof(set_told) *set)
{
	const struct load_words words = {
		.params = {.doing = ld->mod->name,
			   .rows = ld->mod->kp,
			   .count = ld->mod->num_kp,
			   .unknown = unknown_param,
			   .set = set},
		.ld = ld,
	};
	const char *rest;
	int err = parse_args(&words.params, text, &rest);

	if (!err && rest && *rest)
		pr_warn("%s: parameters '%s' after `--' ignored\n", ld->mod->name, rest);
	return err;
}

static int params_copy(struct load *ld, char **text)
{
	int err;

	load_step(ld, STEP_PARAMS);
	err = verify_param_rows(ld);
	if (err)
		return err;
	load_tell(ld, "parameters: %u, arguments: '%s'", ld->mod->num_kp, ld->args ?: "");
	*text = kstrdup(ld->args ?: "", GFP_KERNEL);
	return *text ? 0 : load_fail(ld, ENOMEM, "no memory for its arguments");
}

int params_parse(struct load *ld)
{
	return params_copy(ld, &ld->mod->args) ?: parse(ld, ld->mod->args, set_told);
}

/* Not in mod->args: that would say that the module's own functions have something to free. */
int params_try(struct load *ld)
{
	const struct kernel_param *kp;
	int err;

	err = params_copy(ld, &ld->tried_args);
	if (err)
		return err;
	err = parse(ld, ld->tried_args, set_dry);
	for (kp = ld->mod->kp; kp < ld->mod->kp + ld->mod->num_kp; kp++)
		if (param_is_private(ld->mod, kp) && kp->ops->free)
			kp->ops->free(kp->arg);
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
