/* SPDX-License-Identifier: MIT */
/*
 * fs_world.h: what the tests of kernel/fs share: nodes found, made and read by their paths, each of
 * which must succeed, in the world of shell_world.h.
 */
#ifndef TESTS_HOST_FS_WORLD_H
#define TESTS_HOST_FS_WORLD_H

#include "shell_world.h"

static __maybe_unused struct node *at(const char *path)
{
	struct node *node;

	if (fs_lookup(&fs_root, path, &node))
		fail_msg("%s is not there", path);
	return node;
}

static __maybe_unused int lookup(const char *path)
{
	struct node *node;

	return fs_lookup(at("/root"), path, &node);
}

static __maybe_unused const char *path_of(const struct node *node)
{
	static char path[FS_PATH_MAX];

	int len = fs_path(node, path, sizeof(path));

	assert_int_equal(len, strlen(path));
	return path;
}

static __maybe_unused struct node *make(const char *path, const char *text)
{
	struct node *node;

	assert_int_equal(fs_make(&fs_root, path, S_IFREG | 0644, &node), 0);
	assert_int_equal(file_write(node, text, strlen(text), false), 0);
	return node;
}

static __maybe_unused void expect_text(const char *path, const char *text)
{
	struct file_view view;

	assert_int_equal(file_open(at(path), &view), 0);
	assert_int_equal(view.size, strlen(text));
	if (view.size)
		assert_memory_equal(view.data, text, view.size);
	file_close(&view);
}

#endif
