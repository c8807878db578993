/* SPDX-License-Identifier: MIT */
/*
 * init.c: the tree as it is before anything is unpacked into it: the directories that are always
 * there, and the file that swallows what is written to it.
 */
#include "fs/fs.h"

#include <linux/bug.h>
#include <linux/kernel.h>

static int null_show(struct seq_file *m)
{
	(void)m;
	return 0;
}

static int null_store(void *private, const char *buf, size_t len)
{
	(void)private;
	(void)buf;
	(void)len;
	return 0;
}

static const struct node_ops null_ops = {.show = null_show, .store = null_store};

/* Nothing but a lack of memory can go wrong, and then Koan has no use for being up. */
void fs_init(void)
{
	struct node *dir, *dev, *file;

	if (fs_create(&fs_root, "root", S_IFDIR | 0755, &dir) ||
	    fs_create(&fs_root, "proc", S_IFDIR | 0555, &dir) ||
	    fs_create(&fs_root, "sys", S_IFDIR | 0555, &dir) ||
	    fs_create(&fs_root, "dev", S_IFDIR | 0755, &dev) ||
	    fs_create_text(dev, "null", 0666, &null_ops, NULL, &file))
		panic("no memory for the file tree");
}
