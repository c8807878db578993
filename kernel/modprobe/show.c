/* SPDX-License-Identifier: MIT */
/*
 * show.c: modprobe -c: all that the configuration and depmod's lists say, as kmod shows it: first
 * each kind of line of modprobe.d, in the order in which it was read, then the aliases that modules
 * bring and the symbols that they export, sorted.
 */
#include "modprobe/probe.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/sort.h>
#include <linux/string.h>

static void show_side(struct modprobe *mp, const char *value, enum softdep_side side,
		      const char *word)
{
	enum softdep_side now = SOFTDEP_NONE;
	const char *name;
	size_t len;

	while ((len = softdep_next(&value, &now, side, &name))) {
		say(mp, VOICE_OUTPUT, "%s %.*s", word, (int)len, name);
		word = "";
	}
}

static void show_softdep(struct modprobe *mp, const struct name_row *row)
{
	say(mp, VOICE_OUTPUT, "softdep %s", row->key);
	show_side(mp, row->value, SOFTDEP_PRE, " pre:");
	show_side(mp, row->value, SOFTDEP_POST, " post:");
	say(mp, VOICE_OUTPUT, "\n");
}

static void show_kind(struct modprobe *mp, enum conf_kind kind)
{
	const struct names *table = &mp->tables[kind];
	const struct name_row *row;

	for (row = table->rows; row < table->rows + table->count; row++) {
		if (kind == CONF_SOFTDEP)
			show_softdep(mp, row);
		else
			say(mp, VOICE_OUTPUT, "%s %s%s%s\n", conf_word(kind), row->key,
			    *row->value ? " " : "", row->value);
	}
}

/* By name; rows of one name stay in their order, which is that of their addresses. */
static int compare_rows(const void *a, const void *b)
{
	const struct name_row *x = *(const struct name_row *const *)a;
	const struct name_row *y = *(const struct name_row *const *)b;

	return strcmp(x->key, y->key) ?: (x > y) - (x < y);
}

static int show_index(struct modprobe *mp, enum table table)
{
	const struct names *names = &mp->tables[table];
	const struct name_row **sorted;
	int err = table_need(mp, table);

	if (err)
		return err;
	sorted = probe_alloc(mp, names->count * sizeof(*sorted));
	if (!sorted)
		return -ENOMEM;
	for (u32 i = 0; i < names->count; i++)
		sorted[i] = &names->rows[i];
	sort(sorted, names->count, sizeof(*sorted), compare_rows, NULL);
	for (u32 i = 0; i < names->count; i++)
		say(mp, VOICE_OUTPUT, "alias %s %s\n", sorted[i]->key, sorted[i]->value);
	return 0;
}

int modprobe_show(struct modprobe *mp)
{
	static const enum conf_kind order[CONF_KINDS] = {
		CONF_BLACKLIST, CONF_INSTALL, CONF_REMOVE,  CONF_ALIAS,
		CONF_OPTIONS,	CONF_SOFTDEP, CONF_WEAKDEP,
	};

	for (unsigned int i = 0; i < CONF_KINDS; i++)
		show_kind(mp, order[i]);
	say(mp, VOICE_OUTPUT, "\n# End of configuration files. Dumping indexes now:\n\n");
	return show_index(mp, TABLE_ALIAS) ?: show_index(mp, TABLE_SYMBOL);
}
