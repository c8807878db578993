/* SPDX-License-Identifier: MIT */
/*
 * tracking.c: modules with taints that are gone again: the kernel is what they left behind. An oops
 * names them, and so does /sys/kernel/debug/modules/unloaded_tainted. One note for each name and set
 * of taints, kept until the next boot, which is why this is an option (Linux's).
 */
#include "module/load.h"
#include "module/policy.h"
#include "module/records.h"

#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "fs/fs.h"

struct tainted {
	struct list_head list;
	char name[MODULE_NAME_LEN];
	char taints[MODULE_FLAGS_SIZE];
	unsigned long long times;
};

static LIST_HEAD(unloaded);

static struct tainted *find(const char *name, const char *taints)
{
	struct tainted *note;

	list_for_each_entry (note, &unloaded, list)
		if (strcmp(note->name, name) == 0 && strcmp(note->taints, taints) == 0)
			return note;
	return NULL;
}

void track_unloaded(const struct module *mod)
{
	char taints[MODULE_FLAGS_SIZE];
	struct tainted *note;

	if (!mod->taints)
		return;
	note = find(mod->name, module_taints(mod, taints));
	if (!note) {
		note = kzalloc(sizeof(*note), GFP_KERNEL);
		if (!note) {
			pr_err("%s: adding tainted module to the unloaded tainted modules list "
			       "failed.\n",
			       mod->name);
			return;
		}
		strcpy(note->name, mod->name);
		strcpy(note->taints, taints);
		list_add_tail(&note->list, &unloaded);
	}
	note->times++;
}

/* In the middle of an oops: takes no memory. */
void print_unloaded_tainted(void)
{
	const struct tainted *note;

	if (list_empty(&unloaded))
		return;
	printk("Unloaded tainted modules:");
	list_for_each_entry (note, &unloaded, list)
		pr_cont(" %s(%s):%llu", note->name, note->taints, note->times);
}

static int unloaded_show(struct seq_file *m)
{
	const struct tainted *note;

	list_for_each_entry (note, &unloaded, list)
		seq_printf(m, "%s (%s) %llu\n", note->name, note->taints, note->times);
	return 0;
}

void tracking_init(void)
{
	static const struct node_ops ops = {.show = unloaded_show};

	stats_file("unloaded_tainted", &ops);
}
