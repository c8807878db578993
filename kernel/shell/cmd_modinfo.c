/* SPDX-License-Identifier: MIT */
/*
 * cmd_modinfo.c: modinfo, with kmod's layout: the tags in the order of the file, then one row for
 * each parameter, which joins what its `parm` and its `parmtype` tag say. A module that is part of
 * the kernel has no file, but its tags are in a list.
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
#include "shell/builtin_modules.h"
#include "shell/modinfo_params.h"
#include "shell/modinfo_signature.h"
#include "shell/module_names.h"

#define MODULES_FOLDER "/lib/modules/" UTS_RELEASE
#define KEY_COLUMNS    16

struct modinfo {
	struct io *io;
	const char *field; /* -F: only this tag's values */
	char end;	   /* behind each row; -0: NUL */
	struct param *params;
};

static bool tag_is(const char *tag, size_t len, const char *name)
{
	return strlen(name) == len && memcmp(tag, name, len) == 0;
}

static bool wants(const struct modinfo *mi, const char *field)
{
	return !mi->field || strcmp(mi->field, field) == 0;
}

/* --- tags --- */

static int print_tag(const char *tag, size_t len, const char *value, void *data)
{
	struct modinfo *mi = data;
	int gap = KEY_COLUMNS - 1 - (int)min_t(size_t, len, KEY_COLUMNS - 1);
	bool is_type = tag_is(tag, len, "parmtype");

	if (wants(mi, "parm") && (is_type || tag_is(tag, len, "parm")))
		return modinfo_params_add(mi->io, &mi->params, is_type, value);
	if (mi->field && !tag_is(tag, len, mi->field))
		return 0;
	if (!mi->field && !mi->end)
		out(mi->io, "%.*s=", (int)len, tag);
	else if (!mi->field)
		out(mi->io, "%.*s:%*s", (int)len, tag, gap, "");
	out(mi->io, "%s", value);
	out_write(mi->io, &mi->end, 1);
	return 0;
}

/* What is not a tag: where the module is, and the name of one that has no file. */
static void print_row(struct modinfo *mi, const char *key, const char *value)
{
	if (!wants(mi, key))
		return;
	if (!mi->field)
		out(mi->io, "%s:%*s", key, KEY_COLUMNS - 1 - (int)strlen(key), "");
	out(mi->io, "%s", value);
	out_write(mi->io, &mi->end, 1);
}

/* A path as typed, behind the current directory: kmod does not tidy it up either. */
static void print_filename(struct modinfo *mi, const char *path)
{
	const char *cwd = *path == '/' ? "" : cwd_path();
	bool slash = *cwd && strcmp(cwd, "/") != 0;
	char full[2 * FS_PATH_MAX];

	snprintf(full, sizeof(full), "%s%s%s", cwd, slash ? "/" : "", path);
	print_row(mi, "filename", full);
}

/* The end of a module's tags, after which its parameters come. */
static int tags_end(struct modinfo *mi, const char *path, int err)
{
	char name[MODULE_NAME_LEN];

	if (!err)
		modinfo_params_print(mi->io, mi->params, !mi->field, mi->end);
	modinfo_params_free(&mi->params);
	if (!err)
		return 0;
	module_name_from(path, name, sizeof(name));
	complain(mi->io, "ERROR: could not get modinfo from '%s': %s\n", name, errno_text(err));
	return 1;
}

/* As file_open(), but opens what is in a compressed file. */
static int module_open(struct node *node, const char *path, struct file_view *view)
{
	struct file_view packed;
	void *unpacked;
	int err = file_open(node, &packed);

	if (err)
		return err;
	if (!module_file_flags(path, packed.data, packed.size)) {
		*view = packed;
		return 0;
	}
	err = module_unpack(packed.data, packed.size, &unpacked, &view->size);
	file_close(&packed);
	view->data = view->owned = unpacked;
	return err;
}

static int print_tags(struct modinfo *mi, const struct file_view *view)
{
	int err = modinfo_each(view->data, view->size, print_tag, mi);

	if (!err && IS_ENABLED(CONFIG_MODULE_SIG))
		err = modinfo_signature(view->data, view->size, print_tag, mi);
	return err;
}

static int print_file(struct modinfo *mi, struct node *node, const char *path)
{
	struct file_view view;
	int err = module_open(node, path, &view);

	if (err)
		return tags_end(mi, path, err);
	print_filename(mi, path);
	if (!mi->field || strcmp(mi->field, "filename") != 0)
		err = print_tags(mi, &view);
	err = tags_end(mi, path, err);
	file_close(&view);
	return err;
}

static int print_builtin(struct modinfo *mi, const char *name)
{
	struct file_view list;
	int err;

	print_row(mi, "name", name);
	print_row(mi, "filename", "(builtin)");
	err = builtin_modinfo_open(&list);
	err = err ?: builtin_modinfo_each(&list, name, print_tag, mi);
	err = tags_end(mi, name, err);
	file_close(&list);
	return err;
}

/* --- finding the file --- */

static bool has_module_ending(const char *name)
{
	static const char *const endings[] = {".ko", ".ko.gz", ".ko.xz", ".ko.zst"};
	size_t len = strlen(name), ending;

	for (unsigned int i = 0; i < ARRAY_SIZE(endings); i++) {
		ending = strlen(endings[i]);
		if (len > ending && strcmp(name + len - ending, endings[i]) == 0)
			return true;
	}
	return false;
}

/* One of those that a name stands for: aliases may stand for several. */
static int print_found(const char *module, const char *path, void *data)
{
	struct modinfo *mi = data;
	struct node *node;

	if (!path)
		return print_builtin(mi, module);
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

static const char *field_of(int letter)
{
	switch (letter) {
	case 'a':
		return "author";
	case 'd':
		return "description";
	case 'l':
		return "license";
	case 'p':
		return "parm";
	default:
		return "filename";
	}
}

static int modinfo_run(struct io *io, int argc, char **argv)
{
	struct modinfo mi = {.io = io, .end = '\n'};
	int letter, status = 0, i;
	struct options o;

	options_start(&o, io, "adlpn0F:", argc, argv);
	while ((letter = option_next(&o))) {
		if (letter == '?')
			return 1;
		if (letter == '0')
			mi.end = '\0';
		else
			mi.field = letter == 'F' ? o.arg : field_of(letter);
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
	.usage = "[-adlpn0] [-F FIELD] FILE|NAME...",
	.brief = "print what a module says of itself",
	.text = "A NAME is looked for in " MODULES_FOLDER ".\n"
		"  -F  only this field, without its name\n"
		"  -a, -d, -l, -p, -n  only the author, description, license, parameters, filename\n"
		"  -0  rows end in a NUL",
	.run = modinfo_run,
};
