/* SPDX-License-Identifier: MIT */
/*
 * lookup.c: a name, or an alias: which modules does it mean? The places are asked in kmod's order,
 * and the first that knows the name has the say, so that what people configure wins over what
 * modules bring, and a module's own name over an alias of another.
 */
#include "modprobe/probe.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "lib/lib.h"

#define SYMBOL_PREFIX "symbol:" /* request_module("symbol:NAME"): whoever exports it */

/* --- modules --- */

int found_list_add(struct modprobe *mp, struct found_list *list, struct found *found)
{
	struct found **v = probe_grow(mp, list->v, list->count, &list->room, sizeof(*v));

	if (!v)
		return -ENOMEM;
	list->v = v;
	list->v[list->count++] = found;
	return 0;
}

static bool same_alias(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* The one of that name and alias; @name has @len characters. NULL: no memory. */
static struct found *found_get(struct modprobe *mp, const char *name, size_t len, const char *alias)
{
	char normal[MODULE_NAME_LEN];
	struct found *found, **bucket;

	memcpy(normal, name, len);
	normal[len] = '\0';
	/* Brackets in it: then it is nobody's name, and will not be found. */
	(void)name_normalize(normal);
	bucket = &mp->found[hash_string(normal) % FOUND_BUCKETS];
	for (found = *bucket; found; found = found->next)
		if (strcmp(found->name, normal) == 0 && same_alias(found->alias, alias))
			return found;
	found = probe_alloc(mp, sizeof(*found));
	if (!found)
		return NULL;
	strcpy(found->name, normal);
	found->alias = alias;
	found->file = names_find(&mp->tables[TABLE_DEP], name, len);
	found->next = *bucket;
	*bucket = found;
	return found;
}

/* Longer names than a module can have are passed over. */
static int add_module(struct modprobe *mp, struct found_list *list, const char *name, size_t len,
		      const char *alias)
{
	struct found *found;

	if (len >= MODULE_NAME_LEN)
		return 0;
	found = found_get(mp, name, len, alias);
	return found ? found_list_add(mp, list, found) : -ENOMEM;
}

/* --- asking one place after the other --- */

struct query {
	struct modprobe *mp;
	char *name; /* normalized; goes with mp, so that it may become somebody's alias */
	struct found_list *list;
};

/* Options may be given for the alias as the configuration has it, wildcards and all, */
static int add_by_pattern(const struct name_row *row, void *data)
{
	struct query *q = data;

	return add_module(q->mp, q->list, row->value, strlen(row->value), row->key);
}

/* and where modules bring the alias, for what was asked for. */
static int add_by_name(const struct name_row *row, void *data)
{
	struct query *q = data;

	return add_module(q->mp, q->list, row->value, strlen(row->value), q->name);
}

static int ask_files(struct query *q, enum table table)
{
	return table_need(q->mp, table)
		       ?: names_match(&q->mp->tables[table], q->name, add_by_name, q);
}

static int ask_table(struct query *q, unsigned int table)
{
	size_t len = strlen(q->name);

	if (!names_find(&q->mp->tables[table], q->name, len))
		return 0;
	return add_module(q->mp, q->list, q->name, len, NULL);
}

static int ask_all(struct query *q)
{
	u32 before = q->list->count;
	int err;

	err = names_match(&q->mp->tables[CONF_ALIAS], q->name, add_by_pattern, q);
	if (!err && q->list->count == before)
		err = ask_table(q, TABLE_DEP);
	if (!err && q->list->count == before && strstr(q->name, SYMBOL_PREFIX) == q->name)
		err = ask_files(q, TABLE_SYMBOL);
	if (!err && q->list->count == before)
		err = ask_table(q, CONF_INSTALL);
	if (!err && q->list->count == before)
		err = ask_table(q, CONF_REMOVE);
	if (!err && q->list->count == before)
		err = ask_files(q, TABLE_ALIAS);
	if (!err && q->list->count == before)
		err = ask_table(q, TABLE_BUILTIN);
	if (!err && q->list->count == before)
		err = ask_files(q, TABLE_BUILTIN_ALIAS);
	return err;
}

int lookup(struct modprobe *mp, const char *name, size_t len, struct found_list *list)
{
	struct query q = {.mp = mp, .name = probe_alloc(mp, len + 1), .list = list};

	if (!q.name)
		return -ENOMEM;
	memcpy(q.name, name, len);
	return name_normalize(q.name) ? ask_all(&q) : 0;
}

int lookup_dependencies(struct modprobe *mp, const struct found *found, struct found_list *list)
{
	const char *at, *path, *name;
	size_t len;
	int err = 0;

	if (!found->file)
		return 0;
	at = found->file->value + strlen(found->file->value) + 1;
	while (!err && (len = next_word(&at, &path))) {
		len = path_module(path, len, &name);
		err = add_module(mp, list, name, len, NULL);
	}
	return err;
}

/* --- about one of them --- */

const char *found_path(struct modprobe *mp, const struct found *found)
{
	const char *file = found->file ? found->file->value : NULL;
	const char *folder = file && *file == '/' ? "" : MODULES_FOLDER "/";

	if (!file ||
	    snprintf(mp->path, sizeof(mp->path), "%s%s", folder, file) >= (int)sizeof(mp->path))
		return NULL;
	return mp->path;
}

bool is_builtin(const struct modprobe *mp, const struct found *found)
{
	return names_find(&mp->tables[TABLE_BUILTIN], found->name, strlen(found->name));
}

const char *found_command(const struct modprobe *mp, const struct found *found, enum conf_kind kind)
{
	const struct name_row *row =
		names_find(&mp->tables[kind], found->name, strlen(found->name));

	return row ? row->value : NULL;
}

/* --- for others --- */

int modprobe_resolve(struct modprobe *mp, const char *name,
		     int (*fn)(const char *module, const char *path, void *data), void *data)
{
	struct found_list list = {0};
	int ret = lookup(mp, name, strlen(name), &list);

	if (!ret && !list.count) {
		say(mp, VOICE_FATAL, "Module %s not found in directory %s\n", name, MODULES_FOLDER);
		ret = -ENOENT;
	}
	for (u32 i = 0; i < list.count && !ret; i++)
		ret = fn(list.v[i]->name, found_path(mp, list.v[i]), data);
	return ret;
}
