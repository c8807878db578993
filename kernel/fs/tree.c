/* SPDX-License-Identifier: MIT */
/*
 * tree.c: the tree of nodes: adding and removing. (Finding is in walk.c.) Knows nothing of what
 * files contain, except that a file's bytes on the heap go with its node.
 *
 * The kernel itself may change everything; fs_make() and fs_may_change() are the rules for people:
 * nothing below a directory without write permission (/proc, /sys) may be added or removed, because
 * those nodes belong to whoever made them.
 */
#include "fs/fs.h"
#include "fs/walk.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "dev/dev.h"
#include "mm/mm.h"

struct node fs_root = {
	.parent = &fs_root,
	.siblings = LIST_HEAD_INIT(fs_root.siblings),
	.children = LIST_HEAD_INIT(fs_root.children),
	.mode = S_IFDIR | 0755,
	.name = "",
};

#define WRITE_BITS    0222

#define NS_PER_SECOND 1000000000ULL

s64 fs_now(void)
{
	return (s64)(time_ns() / NS_PER_SECOND);
}

/* Less than, equal to or greater than 0, as strcmp() of the two names. */
static int compare_name(const struct node *node, const struct component *c)
{
	return strncmp(node->name, c->name, c->len) ?: node->name[c->len] != '\0';
}

/*
 * Children are in the order of strcmp(), so that no reader has to sort: behind which one does @c
 * belong? NULL: the name is taken. Names that come in order find their place at once.
 */
static struct list_head *child_place(struct node *dir, const struct component *c)
{
	struct node *child;
	int order;

	list_for_each_entry_reverse (child, &dir->children, siblings) {
		order = compare_name(child, c);
		if (order <= 0)
			return order ? &child->siblings : NULL;
	}
	return &dir->children;
}

static int create(struct node *dir, const struct component *c, umode_t mode, struct node **out)
{
	struct list_head *place;
	struct node *node;

	if (!S_ISDIR(dir->mode))
		return -ENOTDIR;
	if (!c->len || c->len > FS_NAME_MAX)
		return c->len ? -ENAMETOOLONG : -ENOENT;
	place = child_place(dir, c);
	if (component_is(c, ".") || component_is(c, "..") || !place)
		return -EEXIST;
	node = kzalloc(sizeof(*node), GFP_KERNEL);
	if (!node)
		return -ENOMEM;
	node->name = kzalloc(c->len + 1, GFP_KERNEL);
	if (!node->name) {
		kfree(node);
		return -ENOMEM;
	}
	memcpy(node->name, c->name, c->len);
	node->parent = dir;
	node->mode = mode;
	node->mtime = fs_now();
	INIT_LIST_HEAD(&node->children);
	list_add(&node->siblings, place);
	*out = node;
	return 0;
}

int fs_create(struct node *dir, const char *name, umode_t mode, struct node **out)
{
	struct component c = {.name = name, .len = strlen(name)};

	if (strchr(name, '/'))
		return -EINVAL;
	return create(dir, &c, mode, out);
}

int fs_create_text(struct node *dir, const char *name, umode_t mode, const struct node_ops *ops,
		   void *private, struct node **out)
{
	int err = fs_create(dir, name, S_IFREG | mode, out);

	if (err)
		return err;
	(*out)->ops = ops;
	(*out)->private = private;
	return 0;
}

int fs_create_link(struct node *dir, const char *name, const char *target, struct node **out)
{
	char *text = kstrdup(target, GFP_KERNEL);
	int err = text ? fs_create(dir, name, S_IFLNK | 0777, out) : -ENOMEM;

	if (err) {
		kfree(text);
		return err;
	}
	(*out)->data = text;
	(*out)->data_is_heap = true;
	(*out)->size = strlen(text);
	return 0;
}

int fs_mkdirs(const char *path, struct node **out)
{
	struct walk w = {.at = &fs_root};
	struct component c;
	int err;

	while (component_next(&path, &c)) {
		err = walk_step(&w, &c, true);
		/* A new directory is as writable as the one it lies in: all of /sys is not. */
		if (err == -ENOENT)
			err = create(w.at, &c, w.at->mode, &w.at);
		if (err)
			return err;
	}
	if (!S_ISDIR(w.at->mode))
		return -ENOTDIR;
	*out = w.at;
	return 0;
}

bool fs_may_change(const struct node *dir)
{
	for (; dir != &fs_root; dir = dir->parent)
		if (!(dir->mode & WRITE_BITS))
			return false;
	return true;
}

int fs_make(struct node *cwd, const char *path, umode_t mode, struct node **out)
{
	struct walk w = {.at = path[0] == '/' ? &fs_root : cwd};
	struct component c, next;
	size_t len = strlen(path);
	int err;

	if (len >= FS_PATH_MAX)
		return -ENAMETOOLONG;
	if (!component_next(&path, &c))
		return len ? -EEXIST : -ENOENT;
	while (component_next(&path, &next)) {
		err = walk_step(&w, &c, true);
		if (err)
			return err;
		c = next;
	}
	if (!S_ISDIR(mode) && c.name[c.len] == '/')
		return -EISDIR;
	if (!fs_may_change(w.at) || !fs_allowed(w.at, FS_WRITE | FS_ENTER))
		return -EACCES;
	return create(w.at, &c, mode, out);
}

static void node_free(struct node *node)
{
	if (node->data_is_heap)
		kfree(node->data);
	kfree(node->name);
	kfree(node);
}

/* Goes down to a leaf, frees it, goes on from its parent: needs no stack however deep the tree. */
void fs_remove(struct node *node)
{
	struct node *at = node, *up;

	if (node == &fs_root)
		return;
	list_del(&node->siblings);
	for (;;) {
		while (!list_empty(&at->children))
			at = list_first_entry(&at->children, struct node, siblings);
		up = at->parent;
		if (at == node)
			break;
		list_del(&at->siblings);
		node_free(at);
		at = up;
	}
	node_free(node);
}

struct node *fs_next_below(const struct node *top, struct node *at)
{
	if (S_ISDIR(at->mode) && !list_empty(&at->children))
		return list_first_entry(&at->children, struct node, siblings);
	while (at != top && list_is_last(&at->siblings, &at->parent->children))
		at = at->parent;
	return at == top ? NULL : list_next_entry(at, siblings);
}

int fs_path(const struct node *node, char *buf, size_t size)
{
	size_t len = 0, n;
	const struct node *at;

	for (at = node; at != &fs_root; at = at->parent)
		len += strlen(at->name) + 1;
	if ((len ? len : 1) >= size)
		return -ENAMETOOLONG;
	strcpy(buf, "/");
	buf[len ? len : 1] = '\0';
	n = len;
	for (at = node; at != &fs_root; at = at->parent) {
		n -= strlen(at->name);
		memcpy(buf + n, at->name, strlen(at->name));
		buf[--n] = '/';
	}
	return (int)(len ? len : 1);
}
