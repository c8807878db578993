/* SPDX-License-Identifier: MIT */
/* proc_entry.h: a file of /proc that a module made: what proc_fs.c and proc_file.c share. */
#ifndef KOAN_FS_PROC_ENTRY_H
#define KOAN_FS_PROC_ENTRY_H

#include <linux/fs.h>
#include <linux/proc_fs.h>
#include "fs/fs.h"

struct proc_dir_entry {
	struct node *node;	    /* NULL once it was removed */
	const struct proc_ops *ops; /* NULL for a folder */
	struct inode inode;
	struct module *owner;
	unsigned int users; /* openings, and 1 while it is in the tree */

	/* What the operations of proc_file.c need, for files that have none of their own. */
	int (*single_show)(struct seq_file *m, void *v);
	const struct seq_operations *seq_ops;
	unsigned int state_size;

	char name[]; /* without the folders above it */
};

/* --- proc_file.c --- */

/* How the file tree calls an entry's operations; also tells our nodes from all others. */
extern const struct node_ops proc_entry_node_ops;
extern const struct proc_ops proc_single_ops;
extern const struct proc_ops proc_seq_ops;

/* --- proc_fs.c --- */

/* Frees it with the last user. */
void proc_entry_put(struct proc_dir_entry *de);

#endif
