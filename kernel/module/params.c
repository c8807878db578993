/* SPDX-License-Identifier: MIT */
/*
 * params.c: phase 10, the arguments: `name=value` words, each for a variable of the module.
 *
 * Assumes relocated rows in mod->kp. Rules are Linux's: words are parted by blanks outside double
 * quotes; `-` and `_` are the same in names; a bare name is for parameters that allow it; what
 * follows `--` is for others; a name that no parameter has is reported and ignored. All wrong words
 * are reported, and the last one's error is returned. What the types make of a value is in
 * paramtypes.c. Values are kept in mod->args, which the module owns, while they are taken apart.
 */
#include "module/load.h"

#include <linux/ctype.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

/* Ends the word at @word with a NUL and returns what follows it. */
static char *cut_word(char *word)
{
	bool quoted = false;
	char *p;

	for (p = word; *p && (quoted || !isspace(*p)); p++)
		if (*p == '"')
			quoted = !quoted;
	if (*p)
		*p++ = '\0';
	return skip_spaces(p);
}

/* Takes off a leading quote, and the last one with it. */
static char *unquote(char *s)
{
	size_t len = strlen(s);

	if (*s != '"')
		return s;
	if (len > 1 && s[len - 1] == '"')
		s[len - 1] = '\0';
	return s + 1;
}

/* "name=value" in two; returns NULL, no value, for a bare name. */
static char *cut_value(char *word)
{
	char *equals = strchr(word, '=');

	if (!equals)
		return NULL;
	*equals = '\0';
	return unquote(equals + 1);
}

static const struct kernel_param *find_param(const struct module *mod, const char *name)
{
	unsigned int i;

	for (i = 0; i < mod->num_kp; i++)
		if (same_name(mod->kp[i].name, name))
			return &mod->kp[i];
	return NULL;
}

static int set_param(const struct module *mod, const char *name, const char *value)
{
	const struct kernel_param *kp = find_param(mod, name);

	if (!kp) {
		pr_warn("%s: unknown parameter '%s' ignored\n", mod->name, name);
		return 0;
	}
	if (!kp->ops->set || (!value && !(kp->ops->flags & KERNEL_PARAM_OPS_FL_NOARG)))
		return -EINVAL;
	return kp->ops->set(value, kp);
}

static int set_and_report(const struct module *mod, const char *name, const char *value)
{
	int err = set_param(mod, name, value);

	if (err == -ENOSPC)
		pr_err("%s: `%s' too large for parameter `%s'\n", mod->name, value ?: "", name);
	else if (err)
		pr_err("%s: `%s' invalid for parameter `%s'\n", mod->name, value ?: "", name);
	return err;
}

static int parse_args(const struct module *mod, char *args)
{
	char *word, *value;
	int err, last = 0;

	for (args = skip_spaces(args); *args;) {
		word = args;
		args = cut_word(word);
		word = unquote(word);
		value = cut_value(word);
		if (!value && strcmp(word, "--") == 0) {
			if (*args)
				pr_warn("%s: parameters '%s' after `--' ignored\n", mod->name,
					args);
			break;
		}
		err = set_and_report(mod, word, value);
		last = err ?: last;
	}
	return last;
}

/* The rows came with the file; what we call through them must at least be there. */
static int verify_rows(struct load *ld)
{
	const struct module *mod = ld->mod;
	unsigned int i;

	for (i = 0; i < mod->num_kp; i++)
		if (!module_owns_string(mod, mod->kp[i].name) || !mod->kp[i].ops)
			return load_fail(ld, ENOEXEC, "row %u of __param has no name or no type",
					 i);
	return 0;
}

int params_parse(struct load *ld)
{
	struct module *mod = ld->mod;
	int err = verify_rows(ld);

	if (err)
		return err;
	mod->args = kstrdup(ld->args ?: "", GFP_KERNEL);
	if (!mod->args)
		return load_fail(ld, ENOMEM, "no memory for its arguments");
	return parse_args(mod, mod->args);
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
