/* SPDX-License-Identifier: MIT */
/*
 * stats.c: how loading went since the boot, in /sys/kernel/debug/modules/stats. Rows, their names and
 * what counts as what are Linux's (CONFIG_MODULE_STATS); only reading a file, which cannot fail
 * once a load begins here, has no rows.
 *
 *   decompress   the file was compressed, and could not be unpacked
 *   becoming     refused before the module had memory of its own: a bad file, a taken name
 *   load         refused after that: a symbol that is missing, a wrong argument
 *
 * What init returns is the module's business, and counted nowhere.
 */
#include "module/load.h"
#include "module/records.h"

#include <linux/kernel.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include "fs/fs.h"

#define FOLDER "/sys/kernel/debug/modules"

/* So many loads ended in that way, and so many bytes were handled for nothing. */
struct failure {
	unsigned int times;
	u64 bytes;
};

static unsigned int modules_loaded;
static u64 total_size, text_size;
static struct failure decompress, becoming, loading;

/* Modules that were loaded although they were there: the first few names. They take no memory. */
static struct duplicate {
	char name[MODULE_NAME_LEN];
	unsigned long times;
} duplicates[32];

/* @mod still has what only init needed. */
void stats_count_live(const struct module *mod)
{
	unsigned int kind;

	modules_loaded++;
	for (kind = 0; kind < MOD_MEM_NUM_TYPES; kind++)
		total_size += mod->mem[kind].size;
	text_size += mod->mem[MOD_TEXT].size + mod->mem[MOD_INIT_TEXT].size;
}

static void count(struct failure *failure, u64 bytes)
{
	failure->times++;
	failure->bytes += bytes;
}

/* The second half of a failed load's bytes, in Linux's eyes, is the module's own copy. */
void stats_count_failed(const struct load *ld)
{
	if (ld->mod)
		count(&loading, 2 * ld->len);
	else if ((ld->flags & MODULE_INIT_COMPRESSED_FILE) && ld->image != ld->unpacked)
		count(&decompress, ld->len);
	else
		count(&becoming, ld->len);
}

void stats_count_duplicate(const char *name)
{
	struct duplicate *dup = duplicates;

	for (; dup < duplicates + ARRAY_SIZE(duplicates); dup++) {
		if (*dup->name && strcmp(dup->name, name) != 0)
			continue;
		strscpy(dup->name, name, sizeof(dup->name));
		dup->times++;
		return;
	}
}

/* --- the file --- */

static void row(struct seq_file *m, const char *name, u64 value)
{
	seq_printf(m, "%25s\t%llu\n", name, value);
}

static void average(struct seq_file *m, const char *name, u64 total, unsigned int times)
{
	if (times && total)
		row(m, name, (total + times - 1) / times);
}

static void show_duplicates(struct seq_file *m)
{
	const struct duplicate *dup = duplicates;

	if (!*dup->name)
		return;
	seq_printf(m, "Duplicate failed modules:\n");
	seq_printf(m, "%25s\t%15s\t%25s\n", "Module-name", "How-many-times", "Reason");
	for (; dup < duplicates + ARRAY_SIZE(duplicates) && *dup->name; dup++)
		seq_printf(m, "%25s\t%15lu\t%25s\n", dup->name, dup->times, "Becoming");
}

static int stats_show(struct seq_file *m)
{
	row(m, "Mods ever loaded", modules_loaded);
	row(m, "Mods failed on decompress", decompress.times);
	row(m, "Mods failed on becoming", becoming.times);
	row(m, "Mods failed on load", loading.times);
	row(m, "Total module size", total_size);
	row(m, "Total mod text size", text_size);
	row(m, "Failed decompress bytes", decompress.bytes);
	row(m, "Failed becoming bytes", becoming.bytes);
	row(m, "Failed kmod bytes", loading.bytes);
	row(m, "Virtual mem wasted bytes", decompress.bytes + becoming.bytes + loading.bytes);
	average(m, "Average mod size", total_size, modules_loaded);
	average(m, "Average mod text size", text_size, modules_loaded);
	average(m, "Avg fail becoming bytes", becoming.bytes, becoming.times);
	average(m, "Avg fail decomp bytes", decompress.bytes, decompress.times);
	average(m, "Average fail load bytes", loading.bytes, loading.times);
	show_duplicates(m);
	return 0;
}

void stats_file(const char *name, const struct node_ops *ops)
{
	struct node *folder, *node;

	if (fs_mkdirs(FOLDER, &folder) || fs_create_text(folder, name, 0400, ops, NULL, &node))
		panic("no memory for " FOLDER "/%s", name);
}

void stats_init(void)
{
	static const struct node_ops ops = {.show = stats_show};

	stats_file("stats", &ops);
}
