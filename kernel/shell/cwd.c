/* SPDX-License-Identifier: MIT */
/*
 * cwd.c: the current directory. It is kept as a path and looked up each time, so that nothing
 * dangles when somebody removes it: `cd /sys/module/x; rmmod x`.
 */
#include "shell/command.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>

static char cwd[FS_PATH_MAX] = "/";

int cwd_node(struct node **out)
{
	return fs_lookup(&fs_root, cwd, out);
}

const char *cwd_path(void)
{
	return cwd;
}

int path_lookup(const char *path, struct node **out)
{
	struct node *from = &fs_root;
	int err = *path == '/' ? 0 : cwd_node(&from);

	return err ? err : fs_lookup(from, path, out);
}

int path_lookup_link(const char *path, struct node **out)
{
	struct node *from = &fs_root;
	int err = *path == '/' ? 0 : cwd_node(&from);

	return err ? err : fs_lookup_link(from, path, out);
}

int path_make(const char *path, umode_t mode, struct node **out)
{
	struct node *from = &fs_root;
	int err = *path == '/' ? 0 : cwd_node(&from);

	return err ? err : fs_make(from, path, mode, out);
}

int cwd_set(const char *path)
{
	char buf[FS_PATH_MAX];
	struct node *node;
	int err = path_lookup(path, &node);

	if (err)
		return err;
	if (!S_ISDIR(node->mode))
		return -ENOTDIR;
	err = fs_path(node, buf, sizeof(buf));
	if (err < 0)
		return err;
	strcpy(cwd, buf);
	return 0;
}
