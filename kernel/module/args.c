/* SPDX-License-Identifier: MIT */
/*
 * args.c: `name=value` words, each for a variable.
 *
 * Rules are Linux's: words are parted by blanks outside double quotes; quotes around a value, or
 * around a whole word, are taken off; `-` and `_` are the same in names; a bare name is for
 * parameters that allow it. What the types make of a value is in paramtypes.c.
 */
#include "module/params.h"
#include "module/registry.h"

#include <linux/ctype.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "log/log.h"

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

/* Takes the next word off *@text, ending it with a NUL: its name, and its value or NULL. */
static bool next_arg(char **text, char **name, char **value)
{
	char *equals;

	*text = skip_spaces(*text);
	if (!**text)
		return false;
	*name = *text;
	*text = cut_word(*name);
	*name = unquote(*name);
	equals = strchr(*name, '=');
	*value = equals ? unquote(equals + 1) : NULL;
	if (equals)
		*equals = '\0';
	return true;
}

static const struct kernel_param *find_param(const struct param_rows *params, const char *name)
{
	unsigned int i;

	for (i = 0; i < params->count; i++)
		if (same_name(params->rows[i].name, name))
			return &params->rows[i];
	return NULL;
}

int param_takes(const struct kernel_param *kp, const char *value)
{
	return kp->ops->set && (value || (kp->ops->flags & KERNEL_PARAM_OPS_FL_NOARG)) ? 0
										       : -EINVAL;
}

int param_set(const struct kernel_param *kp, const char *value)
{
	if (param_takes(kp, value))
		return -EINVAL;
	if (kp->flags & KERNEL_PARAM_FL_UNSAFE) {
		pr_notice("Setting dangerous option %s - tainting kernel\n", kp->name);
		add_taint(TAINT_USER);
	}
	return kp->ops->set(value, kp);
}

static int set_named(const struct param_rows *params, const char *name, const char *value)
{
	const struct kernel_param *kp = find_param(params, name);

	if (!kp)
		return params->unknown(params, name);
	return params->set ? params->set(params, kp, value) : param_set(kp, value);
}

static void report(const char *doing, int err, const char *name, const char *value)
{
	if (err == -ENOENT)
		pr_err("%s: Unknown parameter `%s'\n", doing, name);
	else if (err == -ENOSPC)
		pr_err("%s: `%s' too large for parameter `%s'\n", doing, value ?: "", name);
	else
		pr_err("%s: `%s' invalid for parameter `%s'\n", doing, value ?: "", name);
}

int parse_args(const struct param_rows *params, char *text, const char **rest)
{
	char *name, *value;
	int err, last = 0;

	*rest = NULL;
	while (next_arg(&text, &name, &value)) {
		if (!value && strcmp(name, "--") == 0) {
			*rest = text;
			break;
		}
		err = set_named(params, name, value);
		if (!err)
			continue;
		report(params->doing, err, name, value);
		last = err;
	}
	return last;
}
