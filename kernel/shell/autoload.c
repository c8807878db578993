/* SPDX-License-Identifier: MIT */
/*
 * autoload.c: loads the modules that the files /etc/modules-load.d/NAME.conf list, a name a line
 * ("#" or ";" begins a comment), and before each those that modules.dep says it needs. What cannot
 * be loaded is told and left out: the boot goes on.
 */
#include "shell/command.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "fs/uts.h"
#include "lib/lib.h"
#include "mm/mm.h"
#include "module/modules.h"
#include "shell/module_names.h"

#define LISTS	    "/etc/modules-load.d"
#define LIST_ENDING ".conf"
#define MODULES	    "/lib/modules/" UTS_RELEASE

/* --- loading --- */

/* @file is a path as in modules.dep, below MODULES, of @len bytes. */
static int load_file(const char *file, size_t len)
{
	char path[FS_PATH_MAX];
	struct file_view view;
	struct node *node;
	int err;

	if (snprintf(path, sizeof(path), "%s/%.*s", MODULES, (int)len, file) >= (int)sizeof(path))
		return -ENAMETOOLONG;
	err = fs_lookup(&fs_root, path, &node);
	if (!err)
		err = file_open(node, &view);
	if (err)
		return err;
	err = module_load(view.data, view.size, NULL);
	file_close(&view);
	return err == -EEXIST ? 0 : err;
}

/* "kernel/a.ko: kernel/b.ko kernel/c.ko": what comes last is needed first. */
static int load_line(const char *line, size_t len)
{
	size_t start;
	int err = 0;

	while (!err && len) {
		while (len && line[len - 1] == ' ')
			len--;
		for (start = len; start && line[start - 1] != ' '; start--)
			;
		err = load_file(line + start, len - start - (line[len - 1] == ':'));
		len = start;
	}
	return err;
}

/* Is this the line of modules.dep about module @name? */
static bool line_is_about(const struct text_line *line, const char *name)
{
	const char *colon = memchr(line->start, ':', line->len);
	char path[FS_PATH_MAX], other[MODULE_NAME_LEN];

	if (!colon || (size_t)(colon - line->start) >= sizeof(path))
		return false;
	snprintf(path, sizeof(path), "%.*s", (int)(colon - line->start), line->start);
	module_name_from(path, other, sizeof(other));
	return strcmp(other, name) == 0;
}

/* @dep is modules.dep. */
static int load_name(const struct file_view *dep, const char *name)
{
	const char *data = dep->data;
	size_t size = dep->size;
	struct text_line line;

	while (text_next(&data, &size, &line))
		if (line_is_about(&line, name))
			return load_line(line.start, line.len);
	return -ENOENT;
}

/* --- the lists --- */

static void load_list(const struct file_view *dep, const struct file_view *list)
{
	const char *data = list->data;
	size_t size = list->size;
	struct text_line line;

	while (text_next(&data, &size, &line)) {
		char word[MODULE_NAME_LEN], name[MODULE_NAME_LEN];
		int err;

		snprintf(word, sizeof(word), "%.*s", (int)line.len, line.start);
		if (strchr("#;", *strim(word)))
			continue;
		module_name_from(strim(word), name, sizeof(name));
		err = load_name(dep, name);
		if (err)
			pr_warn("autoload: %s: not loaded: %s\n", name, errno_text(err));
	}
}

static bool is_list(const struct node *node)
{
	size_t len = strlen(node->name), ending = strlen(LIST_ENDING);

	return len > ending && strcmp(node->name + len - ending, LIST_ENDING) == 0;
}

static void load_lists(struct node *dir, const struct file_view *dep)
{
	struct file_view list;
	struct node *node;

	list_for_each_entry (node, &dir->children, siblings) {
		if (!is_list(node) || file_open(node, &list))
			continue;
		load_list(dep, &list);
		file_close(&list);
	}
}

void autoload(void)
{
	struct node *dir, *node;
	struct file_view dep;
	char value[2];

	if (cmdline_get(boot_info.cmdline, "noautoload", value, sizeof(value)) != -ENOENT)
		return;
	if (fs_lookup(&fs_root, LISTS, &dir) || fs_lookup(&fs_root, MODULES "/modules.dep", &node))
		return;
	if (file_open(node, &dep))
		return;
	load_lists(dir, &dep);
	file_close(&dep);
}
