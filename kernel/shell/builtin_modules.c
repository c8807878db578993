/* SPDX-License-Identifier: MIT */
/*
 * builtin_modules.c: what the build wrote of the modules that are part of the kernel, and kmod reads:
 *
 *   modules.builtin           a line each: the path that the module's file would have
 *   modules.builtin.modinfo   the tags of all, "module.tag=value", each with its NUL
 *
 * A list that is missing lists nothing, and one that was cut short lists less.
 */
#include "shell/builtin_modules.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "fs/fs.h"
#include "fs/uts.h"
#include "module/modules.h"
#include "shell/command.h"
#include "shell/module_names.h"

#define LISTS "/lib/modules/" UTS_RELEASE "/"

static int list_open(const char *path, struct file_view *list)
{
	struct node *node;
	int err = fs_lookup(&fs_root, path, &node);

	*list = (struct file_view){0};
	if (err == -ENOENT)
		return 0;
	return err ?: file_open(node, list);
}

static bool is_line_about(const struct text_line *line, const char *wanted)
{
	char path[FS_PATH_MAX], name[MODULE_NAME_LEN];

	snprintf(path, sizeof(path), "%.*s", (int)line->len, line->start);
	module_name_from(path, name, sizeof(name));
	return strcmp(name, wanted) == 0;
}

bool module_is_builtin(const char *name)
{
	char wanted[MODULE_NAME_LEN];
	struct text_line line;
	struct file_view list;
	bool found = false;
	const char *data;
	size_t size;

	if (list_open(LISTS "modules.builtin", &list))
		return false;
	module_name_from(name, wanted, sizeof(wanted));
	data = list.data;
	size = list.size;
	while (!found && text_next(&data, &size, &line))
		found = is_line_about(&line, wanted);
	file_close(&list);
	return found;
}

/* @entry is one string of modules.builtin.modinfo. Only those of @module are told to @fn. */
static int tell_entry(const char *entry, const char *module,
		      int (*fn)(const char *tag, size_t tag_len, const char *value, void *data),
		      void *data)
{
	size_t len = strlen(module);
	const char *equals = strchr(entry, '=');

	if (strncmp(entry, module, len) != 0 || entry[len] != '.' || !equals)
		return 0;
	entry += len + 1;
	return fn(entry, (size_t)(equals - entry), equals + 1, data);
}

int builtin_modinfo_open(struct file_view *list)
{
	return list_open(LISTS "modules.builtin.modinfo", list);
}

int builtin_modinfo_each(const struct file_view *list, const char *name,
			 int (*fn)(const char *tag, size_t tag_len, const char *value, void *data),
			 void *data)
{
	const char *at = list->data, *end = at + list->size, *nul;
	char module[MODULE_NAME_LEN];
	int ret = 0;

	module_name_from(name, module, sizeof(module));
	while (!ret && at < end && (nul = memchr(at, '\0', (size_t)(end - at)))) {
		ret = tell_entry(at, module, fn, data);
		at = nul + 1;
	}
	return ret;
}
