/* SPDX-License-Identifier: MIT */
/*
 * modinfo_params.c: a row for each parameter of a module, which joins what its `parm` and its
 * `parmtype` tag say, in kmod's words.
 */
#include "shell/modinfo_params.h"

#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>

#define KEY_COLUMNS 16

static struct param *param_find(struct param **params, const char *name, int len)
{
	struct param *p;

	for (p = *params; p; p = p->next)
		if (p->name_len == len && memcmp(p->name, name, (size_t)len) == 0)
			return p;
	p = kzalloc(sizeof(*p), GFP_KERNEL);
	if (!p)
		return NULL;
	/* First of the list: compilers write tags last one first, and people want source order. */
	*p = (struct param){.next = *params, .name = name, .name_len = len};
	*params = p;
	return p;
}

int modinfo_params_add(struct io *io, struct param **params, bool is_type, const char *value)
{
	const char *colon = strchr(value, ':');
	struct param *p;

	if (!colon) {
		complain(io, "ERROR: Found invalid \"%s=%s\": missing ':'\n",
			 is_type ? "parmtype" : "parm", value);
		return 0;
	}
	p = param_find(params, value, (int)(colon - value));
	if (!p)
		return -ENOMEM;
	*(is_type ? &p->type : &p->text) = colon + 1;
	return 0;
}

/* Among other rows a type stands for the text that is missing; alone it keeps its place. */
static void param_print(struct io *io, const struct param *p, bool key)
{
	const char *text = p->text ? p->text : key ? p->type : "";

	if (key)
		out(io, "%-*s", KEY_COLUMNS, "parm:");
	out(io, "%.*s:%s", p->name_len, p->name, text);
	if (p->type && text != p->type)
		out(io, " (%s)", p->type);
}

void modinfo_params_print(struct io *io, const struct param *params, bool key, char end)
{
	for (; params; params = params->next) {
		param_print(io, params, key);
		out_write(io, &end, 1);
	}
}

void modinfo_params_free(struct param **params)
{
	struct param *p;

	while ((p = *params)) {
		*params = p->next;
		kfree(p);
	}
}
