/* SPDX-License-Identifier: MIT */
/*
 * test_fs.c: kernel/fs: the tree, files, texts that grow, and the unpacking of an initrd. The heap
 * and the log are shell_world.h's; at the end of each test nothing may be left of the heap.
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
#include <linux/capability.h>
#include "shell_world.h"

static struct node *at(const char *path)
{
	struct node *node;

	if (fs_lookup(&fs_root, path, &node))
		fail_msg("%s is not there", path);
	return node;
}

static int lookup(const char *path)
{
	struct node *node;

	return fs_lookup(at("/root"), path, &node);
}

static const char *path_of(const struct node *node)
{
	static char path[FS_PATH_MAX];

	int len = fs_path(node, path, sizeof(path));

	assert_int_equal(len, strlen(path));
	return path;
}

static struct node *make(const char *path, const char *text)
{
	struct node *node;

	assert_int_equal(fs_make(&fs_root, path, S_IFREG | 0644, &node), 0);
	assert_int_equal(file_write(node, text, strlen(text), false), 0);
	return node;
}

static void expect_text(const char *path, const char *text)
{
	struct file_view view;

	assert_int_equal(file_open(at(path), &view), 0);
	assert_int_equal(view.size, strlen(text));
	if (view.size)
		assert_memory_equal(view.data, text, view.size);
	file_close(&view);
}

/* --- the tree --- */

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

/* --- files --- */

static void test_write(void **state)
{
	struct node *node = make("/root/f", "one");

	(void)state;
	expect_text("/root/f", "one");
	assert_int_equal(file_write(node, "two", 3, true), 0);
	expect_text("/root/f", "onetwo");
	assert_int_equal(file_write(node, "3", 1, false), 0);
	expect_text("/root/f", "3");
	assert_int_equal(file_write(node, "", 0, true), 0);
	expect_text("/root/f", "3");
	assert_int_equal(file_write(node, "", 0, false), 0);
	expect_text("/root/f", "");
	assert_int_equal(file_write(at("/root"), "x", 1, false), -EISDIR);
	node->mode = S_IFREG | 0444;
	assert_int_equal(file_write(node, "x", 1, false), -EACCES);
}

/* What was opened stays as it was, whatever happens to the file. */
static void test_views_stay(void **state)
{
	struct node *node = make("/root/f", "before");
	struct file_view view;

	(void)state;
	assert_int_equal(file_open(node, &view), 0);
	assert_int_equal(file_write(node, "afterwards", 10, false), 0);
	fs_remove(node);
	assert_memory_equal(view.data, "before", 6);
	file_close(&view);
	assert_int_equal(file_open(at("/root"), &view), -EISDIR);
}

/* A file that makes its text, and takes text. */
static char stored[64];

static int show_private(struct seq_file *m)
{
	if (!m->private)
		return -ENODEV;
	seq_printf(m, "<%s>", (const char *)m->private);
	return 0;
}

static int store_private(void *private, const char *buf, size_t len)
{
	assert_string_equal(private, "mine");
	assert_int_equal(buf[len], '\0');
	snprintf(stored, sizeof(stored), "%s", buf);
	return buf[0] == 'x' ? -EINVAL : 0;
}

static void test_text_files(void **state)
{
	static const struct node_ops both = {.show = show_private, .store = store_private};
	static const struct node_ops show = {.show = show_private};
	static const struct node_ops store = {.store = store_private};
	struct node *node, *dir = at("/root");
	struct file_view view;
	char mine[] = "mine";

	(void)state;
	assert_int_equal(fs_create_text(dir, "both", 0644, &both, mine, &node), 0);
	expect_text("/root/both", "<mine>");
	assert_int_equal(file_write(node, "abc", 2, false), 0);
	assert_string_equal(stored, "ab");
	assert_int_equal(file_write(node, "x", 1, true), -EINVAL);
	assert_int_equal(fs_create_text(dir, "show", 0644, &show, NULL, &node), 0);
	assert_int_equal(file_open(node, &view), -ENODEV);
	assert_int_equal(file_write(node, "x", 1, false), -EACCES);
	assert_int_equal(fs_create_text(dir, "store", 0600, &store, mine, &node), 0);
	assert_int_equal(file_open(node, &view), -EACCES);
	/* Not even root reads what nobody may read. */
	assert_int_equal(fs_create_text(dir, "secret", 0200, &both, mine, &node), 0);
	assert_int_equal(file_open(node, &view), -EACCES);
}

/* --- texts that grow --- */

/* Every length around every size of the buffer, printed in one piece and in many. */
static void test_seq_grows(void **state)
{
	struct seq_file m = {0}, n = {0};
	char text[3000];

	(void)state;
	memset(text, 'q', sizeof(text));
	for (size_t len = 0; len < sizeof(text) - 1; len += 1 + len / 100) {
		text[len] = '\0';
		seq_printf(&m, "%s|", text);
		seq_puts(&n, text);
		seq_putc(&n, '|');
		text[len] = 'q';
		assert_int_equal(m.count, n.count);
		assert_true(m.size >= m.count && !m.overflow);
		assert_memory_equal(m.buf, n.buf, m.count);
	}
	seq_free(&m);
	seq_free(&n);
}

static void test_seq_without_memory(void **state)
{
	struct seq_file m = {0};

	(void)state;
	seq_puts(&m, "kept");
	allocations = 0;
	fail_at = 1;
	seq_printf(&m, "%2000d", 1);
	assert_true(m.overflow);
	assert_int_equal(m.count, 4);
	/* What comes later must not look as if it were all. */
	seq_putc(&m, 'x');
	assert_int_equal(seq_write(&m, "y", 1), -1);
	assert_int_equal(m.count, 4);
	seq_free(&m);
	assert_false(m.overflow);
}

/* --- the initrd --- */

static char archive[65536];
static size_t archive_len;

static void add(const char *name, unsigned int mode, unsigned int links, const char *text)
{
	size_t len = strlen(name) + 1;

	archive_len +=
		(size_t)snprintf(archive + archive_len, 111,
				 "070701%08X%08X%08X%08X%08X%08X%08zX%08X%08X%08X%08X%08zX%08X", 1,
				 mode, 0, 0, links, 1700000000, strlen(text), 0, 0, 0, 0, len, 0);
	memcpy(archive + archive_len, name, len);
	archive_len = (archive_len + len + 3) / 4 * 4;
	memcpy(archive + archive_len, text, strlen(text));
	archive_len = (archive_len + strlen(text) + 3) / 4 * 4;
}

static int unpack(void)
{
	int err = initrd_unpack(archive, archive_len);

	archive_len = 0;
	return err;
}

#define FILE_MODE (S_IFREG | 0755)

static void test_unpack(void **state)
{
	struct file_view view;

	(void)state;
	add(".", S_IFDIR | 0755, 2, "");
	add("etc", S_IFDIR | 0700, 2, "");
	add("etc/motd", FILE_MODE, 1, "hello");
	add("./root/deep/er/f", FILE_MODE, 1, "text");
	add("etc/motd", FILE_MODE, 1, "later wins");
	assert_int_equal(unpack(), 0);
	assert_string_equal(warnings, "");
	expect_text("/etc/motd", "later wins");
	expect_text("/root/deep/er/f", "text");
	assert_int_equal(at("/etc")->mode, S_IFDIR | 0700);
	assert_int_equal(at("/etc/motd")->mode, FILE_MODE);
	assert_int_equal(at("/etc/motd")->mtime, 1700000000);
	/* Not copied ... */
	assert_int_equal(file_open(at("/root/deep/er/f"), &view), 0);
	assert_true(view.data > archive && view.data < archive + sizeof(archive));
	file_close(&view);
	/* ... until it is written to. */
	assert_int_equal(file_write(at("/root/deep/er/f"), "!", 1, true), 0);
	expect_text("/root/deep/er/f", "text!");
}

static void test_bad_names(void **state)
{
	char name[FS_PATH_MAX + 1];

	(void)state;
	memset(name, 'n', sizeof(name));
	name[FS_NAME_MAX + 1] = '\0';
	add("/etc/passwd", FILE_MODE, 1, "absolute");
	add("../up", FILE_MODE, 1, "up");
	add("root/../../up", FILE_MODE, 1, "up");
	add("root/..", FILE_MODE, 1, "up");
	add(name, FILE_MODE, 1, "name");
	memset(name, '/', FS_PATH_MAX);
	name[0] = 'n';
	name[FS_PATH_MAX] = '\0';
	add(name, FILE_MODE, 1, "path");
	add("root/..fine", FILE_MODE, 1, "fine");
	assert_int_equal(unpack(), 0);
	assert_non_null(strstr(warnings, "initrd: /etc/passwd: not unpacked: an absolute name\n"));
	assert_non_null(strstr(warnings, "initrd: ../up: not unpacked: `..' in the name\n"));
	assert_non_null(strstr(warnings, "initrd: root/../../up: not unpacked: `..'"));
	assert_non_null(strstr(warnings, "initrd: root/..: not unpacked: `..'"));
	assert_non_null(strstr(warnings, "nnn: not unpacked: the name is too long\n"));
	assert_non_null(strstr(warnings, "///: not unpacked: the name is too long\n"));
	expect_text("/root/..fine", "fine");
	assert_int_equal(lookup("/etc"), -ENOENT);
	assert_int_equal(lookup("/up"), -ENOENT);
}

static void test_what_cannot_be_unpacked(void **state)
{
	(void)state;
	add("root/link", 0120777, 1, "target");
	add("root/tty", 0020644, 1, "");
	add("root/hard", FILE_MODE, 2, "");
	add("root/f", FILE_MODE, 1, "file");
	add("root/f", S_IFDIR | 0755, 2, "");
	add("root/f/g", FILE_MODE, 1, "below a file");
	add("root", FILE_MODE, 1, "a directory already");
	add("proc/version", FILE_MODE, 1, "mine");
	assert_int_equal(unpack(), 0);
	assert_non_null(
		strstr(warnings, "root/link: not unpacked: neither a file nor a directory"));
	assert_non_null(strstr(warnings, "root/tty: not unpacked: neither"));
	assert_non_null(strstr(warnings, "root/hard: not unpacked: a hard link"));
	assert_non_null(strstr(warnings, "root/f: not unpacked: Not a directory"));
	assert_non_null(strstr(warnings, "root/f/g: not unpacked: Not a directory"));
	assert_non_null(strstr(warnings, "root: not unpacked: Is a directory"));
	assert_non_null(strstr(warnings, "proc/version: not unpacked: File exists"));
	expect_text("/root/f", "file");
}

static void test_bad_archive(void **state)
{
	(void)state;
	add("root/f", FILE_MODE, 1, "good");
	strcpy(archive + archive_len, "rubbish");
	archive_len += 7;
	assert_int_equal(unpack(), -EINVAL);
	assert_string_equal(warnings,
			    KERN_ERR "initrd: bad archive at byte 124 of 131: it ends inside a "
				     "header\n");
	expect_text("/root/f", "good");
}

/* Each allocation fails once: the file is missing, with a word about it, or it is whole. */
static void test_unpack_without_memory(void **state)
{
	for (long n = 1;; n++) {
		bool reached;

		world_start(state);
		add("etc/a/f", FILE_MODE, 1, "text");
		allocations = 0;
		fail_at = n;
		assert_int_equal(unpack(), 0);
		reached = allocations >= n;
		fail_at = 0;
		if (lookup("/etc/a/f") == 0)
			expect_text("/etc/a/f", "text");
		else
			assert_non_null(strstr(warnings, "etc/a/f: not unpacked: Cannot allocate"));
		world_end(state);
		if (!reached)
			return;
	}
}

/* --- users --- */

/* Modes as in `ls -l`, a row each: what student may do is in their last three letters. */
static void test_student(void **state)
{
	struct user_change change;
	struct file_view view;
	struct node *made;

	(void)state;
	add("open", S_IFDIR | 0755, 2, "");
	add("open/all", S_IFREG | 0666, 1, "all");
	add("open/read", S_IFREG | 0644, 1, "read");
	add("open/none", S_IFREG | 0600, 1, "none");
	add("shut", S_IFDIR | 0700, 2, "");
	add("shut/all", S_IFREG | 0666, 1, "all");
	add("blind", S_IFDIR | 0711, 2, "");
	add("blind/read", S_IFREG | 0644, 1, "read");
	add("free", S_IFDIR | 0777, 2, "");
	assert_int_equal(unpack(), 0);

	user_change(&change, USER_STUDENT);
	assert_string_equal(user_name(), "student");
	assert_false(capable(CAP_DAC_OVERRIDE));
	expect_text("/open/all", "all");
	expect_text("/open/read", "read");
	expect_text("/blind/read", "read");
	assert_int_equal(file_open(at("/open/none"), &view), -EACCES);
	assert_int_equal(lookup("/shut/all"), -EACCES);
	assert_int_equal(lookup("/shut"), 0);
	assert_int_equal(file_write(at("/open/read"), "x", 1, false), -EACCES);
	assert_int_equal(file_write(at("/open/all"), "new", 3, false), 0);
	expect_text("/open/all", "new");
	assert_int_equal(fs_make(&fs_root, "/open/made", FILE_MODE, &made), -EACCES);
	assert_int_equal(fs_make(&fs_root, "/free/made", FILE_MODE, &made), 0);
	assert_string_equal(run("ls /blind"),
			    "ls: cannot open directory '/blind': Permission denied\n");
	assert_string_equal(run("ls /free /shut"),
			    "/free:\nmade\n\n/shut:\n"
			    "ls: cannot open directory '/shut': Permission denied\n");
	user_restore(&change);

	assert_string_equal(user_name(), "root");
	expect_text("/open/none", "none");
	expect_text("/shut/all", "all");
	assert_string_equal(run("ls /blind"), "read\n");
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
		IN_WORLD(test_write),
		IN_WORLD(test_views_stay),
		IN_WORLD(test_text_files),
		IN_WORLD(test_seq_grows),
		IN_WORLD(test_seq_without_memory),
		IN_WORLD(test_unpack),
		IN_WORLD(test_bad_names),
		IN_WORLD(test_what_cannot_be_unpacked),
		IN_WORLD(test_bad_archive),
		cmocka_unit_test(test_unpack_without_memory),
		IN_WORLD(test_student),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
