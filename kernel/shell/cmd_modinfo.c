/* SPDX-License-Identifier: MIT */
/*
 * cmd_modinfo.c: modinfo, with kmod's layout: the tags in the order of the file, then one row for
 * each parameter, which joins what its `parm` and its `parmtype` tag say.
 */
#include "shell/command.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "fs/uts.h"
#include "lib/lib.h"
#include "modprobe/modprobe.h"
#include "module/modules.h"
#include "shell/module_names.h"

#define MODULE_ENDING  ".ko"
#define MODULES_FOLDER "/lib/modules/" UTS_RELEASE
#define KEY_COLUMNS    16

/* One parameter; the texts lie in the module's file. */
struct param {
	struct param *next;
	const char *name;
	int name_len;
	const char *text, *type; /* NULL: not told */
};

struct modinfo {
	struct io *io;
	const char *field; /* -F: only this tag's values */
	struct param *params;
	int err;
};

static bool tag_is(const char *tag, size_t len, const char *name)
{
	return strlen(name) == len && memcmp(tag, name, len) == 0;
}

/* --- parameters --- */

static struct param *param_find(struct modinfo *mi, const char *name, int len)
{
	struct param *p;

	for (p = mi->params; p; p = p->next)
		if (p->name_len == len && memcmp(p->name, name, (size_t)len) == 0)
			return p;
	p = kzalloc(sizeof(*p), GFP_KERNEL);
	if (!p)
		return NULL;
	/* First of the list: compilers write tags last one first, and people want source order. */
	*p = (struct param){.next = mi->params, .name = name, .name_len = len};
	mi->params = p;
	return p;
}

/* "num:A number", from a `parm` tag, or "num:int", from a `parmtype`. */
static int param_add(struct modinfo *mi, bool is_type, const char *value)
{
	const char *colon = strchr(value, ':');
	struct param *p;

	if (!colon) {
		complain(mi->io, "ERROR: Found invalid \"%s=%s\": missing ':'\n",
			 is_type ? "parmtype" : "parm", value);
		return 0;
	}
	p = param_find(mi, value, (int)(colon - value));
	if (!p)
		return -ENOMEM;
	*(is_type ? &p->type : &p->text) = colon + 1;
	return 0;
}

static void params_print(struct modinfo *mi)
{
	const struct param *p;

	for (p = mi->params; p; p = p->next) {
		out(mi->io, "%-*s%.*s:%s", KEY_COLUMNS, "parm:", p->name_len, p->name,
		    p->text ? p->text : p->type);
		if (p->text && p->type)
			out(mi->io, " (%s)", p->type);
		out(mi->io, "\n");
	}
}

static void params_free(struct modinfo *mi)
{
	struct param *p;

	while ((p = mi->params)) {
		mi->params = p->next;
		kfree(p);
	}
}

/* --- tags --- */

static int print_tag(const char *tag, size_t len, const char *value, void *data)
{
	struct modinfo *mi = data;
	int gap = KEY_COLUMNS - 1 - (int)min_t(size_t, len, KEY_COLUMNS - 1);

	if (mi->field) {
		if (tag_is(tag, len, mi->field))
			out(mi->io, "%s\n", value);
		return 0;
	}
	if (tag_is(tag, len, "parm") || tag_is(tag, len, "parmtype"))
		return param_add(mi, len > strlen("parm"), value);
	out(mi->io, "%.*s:%*s%s\n", (int)len, tag, gap, "", value);
	return 0;
}

/* One line, unless another field was asked for. */
static void print_field(struct modinfo *mi, const char *key, const char *value)
{
	print_tag(key, strlen(key), value, mi);
}

static void print_filename(struct modinfo *mi, const char *path)
{
	/* A path as typed, behind the current directory: kmod does not tidy it up either. */
	const char *cwd = *path == '/' ? "" : cwd_path();
	bool slash = *cwd && strcmp(cwd, "/") != 0;

	if (!mi->field)
		out(mi->io, "%-*s", KEY_COLUMNS, "filename:");
	if (!mi->field || strcmp(mi->field, "filename") == 0)
		out(mi->io, "%s%s%s\n", cwd, slash ? "/" : "", path);
}

static int print_file(struct modinfo *mi, struct node *node, const char *path)
{
	char name[MODULE_NAME_LEN];
	struct file_view view;
	int err = file_open(node, &view);

	if (!err) {
		print_filename(mi, path);
		if (!mi->field || strcmp(mi->field, "filename") != 0)
			err = modinfo_each(view.data, view.size, print_tag, mi);
		if (!err)
			params_print(mi);
		params_free(mi);
		file_close(&view);
	}
	if (!err)
		return 0;
	module_name_from(path, name, sizeof(name));
	complain(mi->io, "ERROR: could not get modinfo from '%s': %s\n", name, errno_text(err));
	return 1;
}

/* --- finding the file --- */

static bool has_module_ending(const char *name)
{
	size_t len = strlen(name), ending = strlen(MODULE_ENDING);

	return len > ending && strcmp(name + len - ending, MODULE_ENDING) == 0;
}

/* One of those that a name stands for: aliases may stand for several. */
static int print_found(const char *module, const char *path, void *data)
{
	struct modinfo *mi = data;
	struct node *node;

	if (!path) {
		print_field(mi, "name", module);
		print_field(mi, "filename", "(builtin)");
		return 0;
	}
	if (fs_lookup(&fs_root, path, &node) == 0)
		return print_file(mi, node, path);
	complain(mi->io, "ERROR: Module file %s not found.\n", path);
	return 1;
}

static int print_name(struct modinfo *mi, const char *name)
{
	static const struct modprobe_how quietly = {0};
	struct modprobe *mp;
	int ret = modprobe_start(&mp, &quietly);

	if (ret)
		return ret;
	ret = modprobe_resolve(mp, name, print_found, mi);
	modprobe_end(mp);
	return ret;
}

static int modinfo_one(struct modinfo *mi, const char *arg)
{
	struct node *node;
	int ret;

	if (has_module_ending(arg) && path_lookup(arg, &node) == 0 && !S_ISDIR(node->mode))
		return print_file(mi, node, arg);
	ret = print_name(mi, arg);
	if (ret < 0)
		complain(mi->io, "ERROR: Module %s not found.\n", arg);
	return ret != 0;
}

static int modinfo_run(struct io *io, int argc, char **argv)
{
	struct modinfo mi = {.io = io};
	int letter, status = 0, i;
	struct options o;

	options_start(&o, io, "F:", argc, argv);
	while ((letter = option_next(&o))) {
		if (letter == '?')
			return 1;
		mi.field = o.arg;
	}
	if (!o.operands) {
		complain(io, "ERROR: missing module or filename.\n");
		return 1;
	}
	for (i = 1; i <= o.operands; i++)
		status |= modinfo_one(&mi, argv[i]);
	return status;
}

const struct command cmd_modinfo = {
	.name = "modinfo",
	.usage = "[-F FIELD] FILE|NAME...",
	.brief = "print what a module's file says of itself",
	.text = "A NAME is looked for in " MODULES_FOLDER ".\n"
		"  -F  only this field, without its name",
	.run = modinfo_run,
};
