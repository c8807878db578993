/* SPDX-License-Identifier: MIT */
/*
 * walk.c: from a path to a node, name by name, and through links. A path may lead through many
 * links but not for ever, so a circle of links is an error rather than an endless walk.
 */
#include "fs/walk.h"

#include <linux/errno.h>
#include <linux/string.h>

#define LINKS_MAX 40 /* that one path may lead through, as on Linux */

bool component_next(const char **path, struct component *c)
{
	c->name = *path + strspn(*path, "/");
	c->len = strcspn(c->name, "/");
	*path = c->name + c->len;
	return c->len != 0;
}

bool component_is(const struct component *c, const char *s)
{
	return strlen(s) == c->len && memcmp(s, c->name, c->len) == 0;
}

static struct node *child_find(struct node *dir, const struct component *c)
{
	struct node *child;

	list_for_each_entry (child, &dir->children, siblings)
		if (component_is(c, child->name))
			return child;
	return NULL;
}

static int walk_path(struct walk *w, const char *path, bool follow_last);

/* Goes on where @link, which lies in w->at, leads; stays when it leads nowhere. */
static int walk_link(struct walk *w, const struct node *link)
{
	struct node *from = w->at;
	int err;

	if (w->links++ == LINKS_MAX)
		return -ELOOP;
	err = walk_path(w, link->data, true);
	if (err)
		w->at = from;
	return err;
}

int walk_step(struct walk *w, const struct component *c, bool follow)
{
	struct node *next;

	if (!S_ISDIR(w->at->mode))
		return -ENOTDIR;
	if (!fs_allowed(w->at, FS_ENTER))
		return -EACCES;
	if (c->len > FS_NAME_MAX)
		return -ENAMETOOLONG;
	if (component_is(c, "."))
		return 0;
	next = component_is(c, "..") ? w->at->parent : child_find(w->at, c);
	if (!next)
		return -ENOENT;
	if (follow && S_ISLNK(next->mode))
		return walk_link(w, next);
	w->at = next;
	return 0;
}

static int walk_path(struct walk *w, const char *path, bool follow_last)
{
	struct component c;
	int err;

	if (*path == '/')
		w->at = &fs_root;
	while (component_next(&path, &c)) {
		err = walk_step(w, &c, *path || follow_last);
		if (err)
			return err;
	}
	/* "file/" asks for a directory, and this is none. */
	return path[-1] == '/' && !S_ISDIR(w->at->mode) ? -ENOTDIR : 0;
}

static int lookup(struct node *cwd, const char *path, bool follow_last, struct node **out)
{
	struct walk w = {.at = cwd};
	size_t len = strlen(path);
	int err;

	if (!len)
		return -ENOENT;
	if (len >= FS_PATH_MAX)
		return -ENAMETOOLONG;
	err = walk_path(&w, path, follow_last);
	if (!err)
		*out = w.at;
	return err;
}

int fs_lookup(struct node *cwd, const char *path, struct node **out)
{
	return lookup(cwd, path, true, out);
}

int fs_lookup_link(struct node *cwd, const char *path, struct node **out)
{
	return lookup(cwd, path, false, out);
}
