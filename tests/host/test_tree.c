/* SPDX-License-Identifier: MIT */
/*
 * test_tree.c: kernel/fs: names, paths and links; what is made and removed. The heap and the log are
 * shell_world.h's; at the end of each test nothing may be left of the heap.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "libc.h"
#include "fs_world.h"

static void test_lookup(void **state)
{
	struct node *dir;

	(void)state;
	assert_int_equal(fs_mkdirs("/root/a/b", &dir), 0);
	make("/root/a/file", "x");
	assert_ptr_equal(at("/"), &fs_root);
	assert_ptr_equal(at("//root///a/./b/../b/"), dir);
	assert_ptr_equal(at("/../.."), &fs_root);
	assert_int_equal(lookup("a/b"), 0);
	assert_int_equal(lookup("a/file"), 0);
	assert_int_equal(lookup(""), -ENOENT);
	assert_int_equal(lookup("a/nosuch"), -ENOENT);
	assert_int_equal(lookup("nosuch/.."), -ENOENT);
	assert_int_equal(lookup("a/file/"), -ENOTDIR);
	assert_int_equal(lookup("a/file/."), -ENOTDIR);
	assert_int_equal(lookup("a/file/x"), -ENOTDIR);
}

static void test_long_names(void **state)
{
	char name[FS_PATH_MAX + 2];
	struct node *node, *dir = at("/root");

	(void)state;
	memset(name, 'n', sizeof(name));
	name[FS_NAME_MAX] = '\0';
	assert_int_equal(fs_create(dir, name, S_IFREG | 0644, &node), 0);
	assert_int_equal(lookup(name), 0);
	name[FS_NAME_MAX] = 'n';
	name[FS_NAME_MAX + 1] = '\0';
	assert_int_equal(fs_create(dir, name, S_IFREG | 0644, &node), -ENAMETOOLONG);
	assert_int_equal(lookup(name), -ENAMETOOLONG);
	memset(name, '/', FS_PATH_MAX);
	name[FS_PATH_MAX - 1] = '\0';
	assert_int_equal(lookup(name), 0);
	name[FS_PATH_MAX - 1] = '/';
	name[FS_PATH_MAX] = '\0';
	assert_int_equal(lookup(name), -ENAMETOOLONG);
	assert_int_equal(fs_make(dir, name, S_IFREG | 0644, &node), -ENAMETOOLONG);
}

static void test_create(void **state)
{
	struct node *node, *dir = at("/root");

	(void)state;
	assert_int_equal(fs_create(dir, "x", S_IFREG | 0644, &node), 0);
	assert_int_equal(fs_create(dir, "x", S_IFREG | 0644, &node), -EEXIST);
	assert_int_equal(fs_create(dir, ".", S_IFREG | 0644, &node), -EEXIST);
	assert_int_equal(fs_create(dir, "..", S_IFREG | 0644, &node), -EEXIST);
	assert_int_equal(fs_create(dir, "", S_IFREG | 0644, &node), -ENOENT);
	assert_int_equal(fs_create(dir, "a/b", S_IFREG | 0644, &node), -EINVAL);
	assert_int_equal(fs_create(at("/root/x"), "y", S_IFREG | 0644, &node), -ENOTDIR);
	assert_int_equal(fs_mkdirs("/root/x", &node), -ENOTDIR);
	assert_int_equal(fs_mkdirs("/root/x/y", &node), -ENOTDIR);
}

static void test_make_is_for_people(void **state)
{
	struct node *node, *dir = at("/root");

	(void)state;
	assert_int_equal(fs_make(dir, "d/", S_IFDIR | 0755, &node), 0);
	assert_string_equal(path_of(node), "/root/d");
	assert_int_equal(fs_make(dir, "f/", S_IFREG | 0644, &node), -EISDIR);
	assert_int_equal(fs_make(dir, "/", S_IFDIR | 0755, &node), -EEXIST);
	assert_int_equal(fs_make(dir, "", S_IFREG | 0644, &node), -ENOENT);
	assert_int_equal(fs_make(dir, "no/f", S_IFREG | 0644, &node), -ENOENT);
	assert_int_equal(fs_make(dir, "d/../e", S_IFREG | 0644, &node), 0);
	assert_string_equal(path_of(node), "/root/e");
	/* However writable a directory in /sys is: what is below /sys is the kernel's. */
	assert_int_equal(fs_mkdirs("/sys/module", &node), 0);
	node->mode |= 0200;
	assert_int_equal(fs_make(dir, "/sys/module/f", S_IFREG | 0644, &node), -EACCES);
	assert_false(fs_may_change(at("/sys/module")));
	assert_true(fs_may_change(at("/root/d")));
}

static void test_children_are_sorted(void **state)
{
	static const char *const names[] = {"m", "b", "B", "a.ko", "a", "z", "10", "9", "_"};
	const char *last = "";
	struct node *child, *dir;

	(void)state;
	assert_int_equal(fs_mkdirs("/root/d", &dir), 0);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		assert_int_equal(fs_create(dir, names[i], S_IFREG | 0644, &child), 0);
	list_for_each_entry (child, &dir->children, siblings) {
		assert_true(strcmp(last, child->name) < 0);
		last = child->name;
	}
	assert_string_equal(last, "z");
}

static struct node *link_to(const char *dir, const char *name, const char *target)
{
	struct node *link;

	assert_int_equal(fs_create_link(at(dir), name, target, &link), 0);
	return link;
}

/* A link is followed where it stands on the way, and at the end unless it is the link one wants. */
static void test_links(void **state)
{
	struct node *node, *dir, *link, *found;

	(void)state;
	assert_int_equal(fs_mkdirs("/root/a/b", &dir), 0);
	node = make("/root/a/b/file", "x");
	link = link_to("/root", "short", "a/b");
	link_to("/root/a", "up", "../short/../../..//root/./short/");
	link_to("/root/a", "far", "/root/a/b/file");
	assert_ptr_equal(at("/root/short"), dir);
	assert_ptr_equal(at("/root/short/"), dir);
	assert_ptr_equal(at("/root/short/file"), node);
	assert_ptr_equal(at("/root/short/.."), at("/root/a"));
	assert_ptr_equal(at("/root/a/up/file"), node);
	expect_text("/root/a/far", "x");
	assert_int_equal(lookup("a/far/"), -ENOTDIR);
	assert_int_equal(fs_lookup_link(at("/root"), "short", &found), 0);
	assert_ptr_equal(found, link);
	assert_int_equal(fs_lookup_link(at("/root"), "short/", &found), 0);
	assert_ptr_equal(found, dir);
	assert_int_equal(fs_lookup_link(at("/root"), "a/up/file", &found), 0);
	assert_ptr_equal(found, node);
	assert_int_equal(fs_make(&fs_root, "/root/short/new", S_IFREG | 0644, &found), 0);
	assert_string_equal(path_of(found), "/root/a/b/new");
	/* Who removes a link leaves what it leads to. */
	fs_remove(link);
	assert_int_equal(lookup("short"), -ENOENT);
	assert_int_equal(lookup("a/b/file"), 0);
}

static void test_links_that_lead_nowhere(void **state)
{
	struct node *node;

	(void)state;
	link_to("/root", "gone", "no/such");
	link_to("/root", "self", "self");
	link_to("/root", "one", "other");
	link_to("/root", "other", "one/x");
	assert_int_equal(lookup("gone"), -ENOENT);
	assert_int_equal(lookup("gone/x"), -ENOENT);
	assert_int_equal(lookup("self"), -ELOOP);
	assert_int_equal(lookup("one/x"), -ELOOP);
	assert_int_equal(fs_mkdirs("/root/gone/x", &node), -EEXIST);
	assert_int_equal(fs_make(at("/root"), "gone", S_IFREG | 0644, &node), -EEXIST);
	assert_int_equal(lookup("x"), -ENOENT);
	assert_int_equal(fs_create_link(at("/root"), "one", "a", &node), -EEXIST);
	allocations = 0;
	for (fail_at = 1; fail_at <= 3; fail_at++, allocations = 0)
		assert_int_equal(fs_create_link(at("/root"), "two", "a", &node), -ENOMEM);
	fail_at = 0;
}

static void test_paths(void **state)
{
	struct node *node;
	char buf[16];

	(void)state;
	assert_string_equal(path_of(&fs_root), "/");
	assert_int_equal(fs_mkdirs("/root/abc/defgh", &node), 0);
	assert_string_equal(path_of(node), "/root/abc/defgh");
	assert_int_equal(fs_path(node, buf, 16), 15);
	assert_int_equal(fs_path(node, buf, 15), -ENAMETOOLONG);
	assert_int_equal(fs_path(&fs_root, buf, 2), 1);
	assert_int_equal(fs_path(&fs_root, buf, 1), -ENAMETOOLONG);
}

/* Deeper than any stack: all of it goes, and nothing beside it. */
static void test_remove_deep(void **state)
{
	struct node *node = at("/root"), *top = NULL;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		assert_int_equal(fs_create(node, "d", S_IFDIR | 0755, &node), 0);
		top = top ? top : node;
	}
	make("/root/other", "stays");
	fs_remove(top);
	assert_int_equal(lookup("d"), -ENOENT);
	expect_text("/root/other", "stays");
	fs_remove(&fs_root); /* is refused */
	expect_text("/root/other", "stays");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_WORLD(test_lookup),
		IN_WORLD(test_long_names),
		IN_WORLD(test_create),
		IN_WORLD(test_make_is_for_people),
		IN_WORLD(test_children_are_sorted),
		IN_WORLD(test_links),
		IN_WORLD(test_links_that_lead_nowhere),
		IN_WORLD(test_paths),
		IN_WORLD(test_remove_deep),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
