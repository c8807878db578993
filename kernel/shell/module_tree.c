/* SPDX-License-Identifier: MIT */
/*
 * module_tree.c: lsmod -t: who uses whom, as a tree. A module that uses no other is a root; below
 * each module are its users, so what stands above must be loaded first, and removed last.
 *
 * A module that uses two others stands below both of them. Its own users are printed where it comes
 * first; (*) marks the other places, so that the tree has a line for each use and no more.
 *
 * Goes down without recursion: a chain of modules may be as long as somebody likes to make it.
 */
#include "shell/module_tree.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "module/modules.h"
#include "shell/module_names.h"

#define INDENT 4 /* characters of each step down */

struct tree_entry {
	struct module *mod;
	struct module_names users;
	unsigned int next;	   /* the first of its users that is not printed yet */
	struct tree_entry *parent; /* below which it is being printed */
	bool is_user, printed;
};

struct tree {
	struct tree_entry *entries; /* newest first, as lsmod */
	unsigned int count, filled;
	struct seq_file prefix; /* what the next line begins with */
};

static int count_module(struct module *mod, void *data)
{
	(void)mod;
	((struct tree *)data)->count++;
	return 0;
}

static int add_module(struct module *mod, void *data)
{
	struct tree *tree = data;
	struct tree_entry *entry = tree->entries + tree->filled++;

	entry->mod = mod;
	return module_users(mod, &entry->users);
}

/* Names are those of the modules themselves, so equal ones are at the same address. */
static struct tree_entry *entry_of(struct tree *tree, const char *name)
{
	unsigned int i;

	for (i = 0; i < tree->count; i++)
		if (tree->entries[i].mod->name == name)
			return tree->entries + i;
	return NULL;
}

static int tree_fill(struct tree *tree)
{
	unsigned int i, j;
	int err;

	module_each(count_module, tree);
	tree->entries = kcalloc(max(tree->count, 1u), sizeof(*tree->entries), GFP_KERNEL);
	if (!tree->entries)
		return -ENOMEM;
	err = module_each(add_module, tree);
	for (i = 0; !err && i < tree->count; i++)
		for (j = 0; j < tree->entries[i].users.count; j++)
			entry_of(tree, tree->entries[i].users.names[j])->is_user = true;
	return err;
}

static void tree_free(void *data)
{
	struct tree *tree = data;
	unsigned int i;

	for (i = 0; i < tree->filled; i++)
		module_names_free(&tree->entries[i].users);
	kfree(tree->entries);
	seq_free(&tree->prefix);
}

/* Prints the next user of @at, with the branch that leads to it. NULL: it has no more to go down. */
static struct tree_entry *print_user(struct io *io, struct tree *tree, struct tree_entry *at)
{
	struct tree_entry *user = entry_of(tree, at->users.names[at->next++]);
	bool last = at->next == at->users.count, again = user->printed;

	out(io, "%.*s%s-- %s%s\n", (int)tree->prefix.count, tree->prefix.buf ?: "",
	    last ? "`" : "|", user->mod->name, again ? " (*)" : "");
	if (again)
		return NULL;
	user->printed = true;
	user->parent = at;
	seq_puts(&tree->prefix, last ? "    " : "|   ");
	return user;
}

static void print_root(struct io *io, struct tree *tree, struct tree_entry *root)
{
	struct tree_entry *at = root, *user;

	out(io, "%s\n", root->mod->name);
	while (at && !tree->prefix.overflow) {
		if (at->next < at->users.count) {
			user = print_user(io, tree, at);
			at = user ?: at;
		} else {
			at = at->parent;
			tree->prefix.count -= at ? INDENT : 0;
		}
	}
}

int module_tree_print(struct io *io)
{
	struct tree tree = {0};
	struct cleanup cleanup;
	unsigned int i;
	int err;

	cleanup_push(&cleanup, tree_free, &tree);
	err = tree_fill(&tree);
	for (i = 0; !err && i < tree.count; i++) {
		if (!tree.entries[i].is_user)
			print_root(io, &tree, tree.entries + i);
		err = tree.prefix.overflow ? -ENOMEM : 0;
	}
	cleanup_pop(&cleanup);
	tree_free(&tree);
	return err;
}
