/* SPDX-License-Identifier: MIT */
/*
 * test_file.c: kernel/fs: what is written to files and read from them, be it stored or made when it is
 * read, and texts that grow. The heap and the log are shell_world.h's; at the end of each test nothing
 * may be left of the heap.
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_WORLD(test_write),
		IN_WORLD(test_views_stay),
		IN_WORLD(test_text_files),
		IN_WORLD(test_seq_grows),
		IN_WORLD(test_seq_without_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
