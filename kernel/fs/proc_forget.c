/* SPDX-License-Identifier: MIT */
/*
 * proc_forget.c: the files that a module has left in /proc when it goes. Whoever reads one of them
 * would call functions that are gone, or those of somebody who has their place by then.
 *
 * A folder in which somebody else has files stays, and belongs to nobody.
 */
#include "fs/proc_entry.h"

#include <linux/printk.h>

/* The last one of @owner's, in an order in which folders come first: nothing of its is below. */
static struct proc_dir_entry *last_of(struct node *proc, const struct module *owner)
{
	struct proc_dir_entry *found = NULL, *de;
	struct node *at;

	for (at = proc; at; at = fs_next_below(proc, at)) {
		de = at->ops == &proc_entry_node_ops ? at->private : NULL;
		if (de && de->owner == owner)
			found = de;
	}
	return found;
}

void proc_forget(const struct module *owner, const char *name)
{
	struct proc_dir_entry *de;
	struct node *proc;

	if (fs_lookup(&fs_root, "/proc", &proc))
		return;
	while ((de = last_of(proc, owner))) {
		pr_warn("%s: '%s' in /proc was left behind: proc_remove() is missing\n", name,
			de->name);
		if (list_empty(&de->node->children))
			proc_remove(de);
		else
			de->owner = NULL;
	}
}
