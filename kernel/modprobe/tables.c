/* SPDX-License-Identifier: MIT */
/*
 * tables.c: reads what depmod wrote into /lib/modules/RELEASE, what people wrote into
 * /etc/modprobe.d and what the kernel's command line says. Each file is copied, since lines.c cuts
 * it up; the tables point into the copies.
 */
#include "modprobe/probe.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "mm/mm.h"

#define CONFIG_FOLDER "/etc/modprobe.d"
#define SOFTDEP_FILE  "modules.softdep"
#define WEAKDEP_FILE  "modules.weakdep"

/* --- files --- */

int text_read(struct modprobe *mp, struct node *node, struct text *text)
{
	struct file_view view;
	int err = file_open(node, &view);
	char *copy;

	if (err)
		return err;
	copy = probe_alloc(mp, view.size + 1);
	if (copy) {
		memcpy(copy, view.data, view.size);
		*text = (struct text){.at = copy, .end = copy + view.size};
	}
	file_close(&view);
	return copy ? 0 : -ENOMEM;
}

/* @path's text; without such a file, an empty one. Only a lack of memory is an error. */
static int text_read_path(struct modprobe *mp, const char *path, struct text *text)
{
	struct node *node;
	int err = fs_lookup(&fs_root, path, &node);

	*text = (struct text){0};
	err = err ?: text_read(mp, node, text);
	return err == -ENOMEM ? err : 0;
}

static int add(struct modprobe *mp, unsigned int table, const char *key, const char *value)
{
	return names_add(&mp->tables[table], key, strlen(key), value);
}

/* --- the configuration --- */

/* Lines of modprobe.d. @alias_table: modules.alias and modules.symbols are tables apart. */
static int read_lines(struct modprobe *mp, const char *path, struct text *text,
		      unsigned int alias_table)
{
	struct conf_line conf;
	char *line;
	int err = 0;

	while (!err && (line = text_line(text))) {
		conf_parse(line, &conf);
		if (conf.kind < CONF_KINDS)
			err = add(mp, conf.kind == CONF_ALIAS ? alias_table : conf.kind, conf.key,
				  conf.value);
		else if (conf.kind == CONF_OLD)
			say(mp, VOICE_LIBRARY,
			    "libkmod: ERROR ../libkmod/libkmod-config.c:708 kmod_config_parse: "
			    "%s: command %s is deprecated and not parsed anymore\n",
			    path, conf.word);
		else if (conf.kind == CONF_BAD)
			say(mp, VOICE_LIBRARY,
			    "libkmod: ERROR ../libkmod/libkmod-config.c:712 kmod_config_parse: "
			    "%s line %u: ignoring bad line starting with '%s'\n",
			    path, text->line, conf.word);
	}
	return err;
}

static int read_config_file(struct modprobe *mp, struct node *node)
{
	struct text text;
	int err = text_read(mp, node, &text);

	/* A directory, say, that is named like a file. */
	if (err && err != -ENOMEM)
		return 0;
	if (err || fs_path(node, mp->path, sizeof(mp->path)) < 0)
		return err;
	return read_lines(mp, mp->path, &text, CONF_ALIAS);
}

/* Those of the folder whose names are between @after and @before; NULL: no bound. */
static int read_config_folder(struct modprobe *mp, const char *after, const char *before)
{
	struct node *dir, *child;
	int err = 0;

	if (fs_lookup(&fs_root, CONFIG_FOLDER, &dir) || !S_ISDIR(dir->mode))
		return 0;
	list_for_each_entry (child, &dir->children, siblings)
		if (!err && is_conf_file(child->name) &&
		    (!after || strcmp(child->name, after) > 0) &&
		    (!before || strcmp(child->name, before) < 0))
			err = read_config_file(mp, child);
	return err;
}

/* "a,b,c" */
static int add_blacklist(struct modprobe *mp, char *names)
{
	char *name;
	int err = 0;

	while (!err && (name = strsep(&names, ",")))
		err = add(mp, CONF_BLACKLIST, name, "");
	return err;
}

static int read_command_line(struct modprobe *mp)
{
	size_t size = strlen(boot_info.cmdline) + 1;
	char *at = probe_alloc(mp, size), *key, *value;
	enum cmdline_kind kind;
	int err = 0;

	if (!at)
		return -ENOMEM;
	memcpy(at, boot_info.cmdline, size);
	while (!err && (kind = cmdline_next(&at, &key, &value)) != CMDLINE_END)
		err = kind == CMDLINE_OPTION ? add(mp, CONF_OPTIONS, key, value)
					     : add_blacklist(mp, value);
	return err;
}

/*
 * The first softdep of a module counts. As in kmod, the modules' own have their place by the name
 * of the file: a softdep in a.conf comes before them, one in z.conf comes too late.
 */
int tables_read_config(struct modprobe *mp)
{
	struct node *node;
	unsigned int kind;
	int err;

	err = read_config_folder(mp, NULL, SOFTDEP_FILE);
	if (!err && fs_lookup(&fs_root, MODULES_FOLDER "/" SOFTDEP_FILE, &node) == 0)
		err = read_config_file(mp, node);
	err = err ?: read_config_folder(mp, SOFTDEP_FILE, NULL);
	if (!err && fs_lookup(&fs_root, MODULES_FOLDER "/" WEAKDEP_FILE, &node) == 0)
		err = read_config_file(mp, node);
	err = err ?: read_command_line(mp);
	for (kind = 0; kind < CONF_KINDS && !err; kind++)
		err = names_seal(&mp->tables[kind]);
	return err;
}

/* --- what depmod and the build wrote --- */

/* A path a line; in modules.dep, what the module depends on follows. The key is in the path. */
static int read_paths(struct modprobe *mp, enum table table, struct text *text)
{
	const char *name;
	char *line;
	size_t len;
	int err = 0;

	while (!err && (line = text_line(text))) {
		if (table == TABLE_DEP && !dep_line(line))
			continue;
		len = path_module(line, strlen(line), &name);
		if (len)
			err = names_add(&mp->tables[table], name, len, line);
	}
	return err;
}

int table_need(struct modprobe *mp, enum table table)
{
	static const char *const paths[TABLES] = {
		[TABLE_DEP] = MODULES_FOLDER "/modules.dep",
		[TABLE_BUILTIN] = MODULES_FOLDER "/modules.builtin",
		[TABLE_ALIAS] = MODULES_FOLDER "/modules.alias",
		[TABLE_SYMBOL] = MODULES_FOLDER "/modules.symbols",
		[TABLE_BUILTIN_ALIAS] = MODULES_FOLDER "/modules.builtin.alias",
	};
	struct text text;
	int err;

	if (mp->have[table])
		return 0;
	err = text_read_path(mp, paths[table], &text);
	if (err)
		return err;
	if (table == TABLE_DEP || table == TABLE_BUILTIN)
		err = read_paths(mp, table, &text);
	else
		err = read_lines(mp, paths[table], &text, table);
	err = err ?: names_seal(&mp->tables[table]);
	mp->have[table] = !err;
	return err;
}
