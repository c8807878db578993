/* SPDX-License-Identifier: MIT */
/*
 * test_initrd.c: kernel/fs: the unpacking of an initrd, and what its modes let whom do. The heap and
 * the log are shell_world.h's; at the end of each test nothing may be left of the heap.
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
#include "fs_world.h"

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
		IN_WORLD(test_unpack),
		IN_WORLD(test_bad_names),
		IN_WORLD(test_what_cannot_be_unpacked),
		IN_WORLD(test_bad_archive),
		cmocka_unit_test(test_unpack_without_memory),
		IN_WORLD(test_student),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
