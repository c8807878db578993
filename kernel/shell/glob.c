/* SPDX-License-Identifier: MIT */
/* glob.c: from a pattern to the files it names, directory by directory. */
#include "shell/command.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "shell/glob_match.h"

#define PATTERN_CHARS "*?["
#define DEPTH_MAX     32 /* directories in one pattern: bounds the recursion */

struct glob {
	struct words *words;
	char path[FS_PATH_MAX];	    /* of what has been matched so far */
	char name[FS_NAME_MAX + 1]; /* one part of the pattern; here because stacks are small */
	unsigned int depth;
};

static int expand(struct glob *g, struct node *dir, size_t len, const char *pattern);

/* Goes on with @name, which lies in @dir and matched the pattern up to @rest. */
static int found(struct glob *g, struct node *dir, const char *name, size_t len, const char *rest)
{
	size_t slashes = strspn(rest, "/"), end = len + strlen(name) + slashes;
	struct node *node;

	if (end >= FS_PATH_MAX || fs_lookup(dir, name, &node))
		return 0;
	strcpy(g->path + len, name);
	memcpy(g->path + end - slashes, rest, slashes);
	g->path[end] = '\0';
	if (slashes && !S_ISDIR(node->mode))
		return 0;
	if (rest[slashes])
		return expand(g, node, end, rest + slashes);
	return words_add(g->words, kstrdup(g->path, GFP_KERNEL));
}

/* A part of the pattern that names one file: the backslashes go. */
static int expand_plain(struct glob *g, struct node *dir, size_t len, const char *pattern,
			size_t part)
{
	size_t i, n = 0;

	for (i = 0; i < part && n < FS_NAME_MAX; i++) {
		i += pattern[i] == '\\';
		g->name[n++] = pattern[i];
	}
	g->name[n] = '\0';
	return i < part ? 0 : found(g, dir, g->name, len, pattern + part);
}

static int expand(struct glob *g, struct node *dir, size_t len, const char *pattern)
{
	size_t part = strcspn(pattern, "/");
	struct node *child;
	int err = 0;

	if (g->depth == DEPTH_MAX)
		return 0;
	g->depth++;
	if (strcspn(pattern, PATTERN_CHARS) >= part) {
		err = expand_plain(g, dir, len, pattern, part);
	} else {
		list_for_each_entry (child, &dir->children, siblings) {
			if (!err && glob_match(pattern, part, child->name))
				err = found(g, dir, child->name, len, pattern + part);
		}
	}
	g->depth--;
	return err;
}

int glob_expand(struct words *words, const char *pattern)
{
	size_t slashes = strspn(pattern, "/");
	struct node *dir = &fs_root;
	struct glob *g;
	int err;

	if (slashes >= FS_PATH_MAX || (!slashes && cwd_node(&dir)))
		return 0;
	g = kzalloc(sizeof(*g), GFP_KERNEL);
	if (!g)
		return -ENOMEM;
	g->words = words;
	memcpy(g->path, pattern, slashes);
	err = expand(g, dir, slashes, pattern + slashes);
	kfree(g);
	return err;
}
