/* SPDX-License-Identifier: MIT */
/* test_seq_read.c: the file side of a seq_file: kernel/fs/seq_read.c and seq_list.c. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <linux/err.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

/* --- what the kernel's files stand on --- */

static long live;
static long fail_at; /* the number of the allocation that fails, counted down; 0: none */
static char warning[256];

void *kmalloc(size_t size, gfp_t flags)
{
	if (fail_at && !--fail_at)
		return NULL;
	live++;
	return flags & __GFP_ZERO ? calloc(1, size) : malloc(size);
}

void *kzalloc(size_t size, gfp_t flags)
{
	return kmalloc(size, flags | __GFP_ZERO);
}

void kfree(const void *p)
{
	live -= p != NULL;
	free((void *)p);
}

int printk(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(warning, sizeof(warning), fmt, args);
	va_end(args);
	return 0;
}

/* --- files to read --- */

#define RECORDS 1000

static int walks;      /* begun */
static int open_walks; /* and not stopped */
static long skip_from = RECORDS, fail_from = RECORDS;

static void *count_start(struct seq_file *m, loff_t *pos)
{
	(void)m;
	walks++;
	open_walks++;
	return *pos < RECORDS ? pos : NULL;
}

static void *count_next(struct seq_file *m, void *v, loff_t *pos)
{
	(void)m;
	(void)v;
	return ++*pos < RECORDS ? pos : NULL;
}

static void count_stop(struct seq_file *m, void *v)
{
	(void)m;
	(void)v;
	open_walks--;
}

static int count_show(struct seq_file *m, void *v)
{
	long n = (long)*(loff_t *)v;

	seq_printf(m, "record %ld\n", n);
	if (n >= fail_from)
		return -EIO;
	return n >= skip_from && n % 2 ? SEQ_SKIP : 0;
}

static const struct seq_operations count_ops = {
	.start = count_start,
	.next = count_next,
	.stop = count_stop,
	.show = count_show,
};

static char expected[32768];
static size_t expected_len;

static int setup(void **state)
{
	(void)state;
	expected_len = 0;
	for (int i = 0; i < RECORDS; i++)
		expected_len += (size_t)sprintf(expected + expected_len, "record %d\n", i);
	skip_from = fail_from = RECORDS;
	walks = 0;
	*warning = '\0';
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	assert_int_equal(live, 0);
	assert_int_equal(open_walks, 0);
	return 0;
}

/* Reads in pieces of @size until nothing comes; returns the last result. */
static ssize_t read_all(struct file *file, size_t size, char *to, size_t *len)
{
	char *piece = malloc(size); /* of that size exactly, so that a write behind it is seen */
	ssize_t n;

	*len = 0;
	while ((n = seq_read(file, piece, size, &file->f_pos)) > 0) {
		assert_true((size_t)n <= size);
		memcpy(to + *len, piece, (size_t)n);
		*len += (size_t)n;
	}
	free(piece);
	return n;
}

static void test_pieces_of_any_size(void **state)
{
	static const size_t sizes[] = {1, 2, 9, 10, 11, 100, 4095, 4096, 13000, 131072};
	static char text[sizeof(expected)];
	size_t len;

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		struct file file = {.f_pos = 0};

		assert_int_equal(seq_open(&file, &count_ops), 0);
		assert_int_equal(read_all(&file, sizes[i], text, &len), 0);
		assert_int_equal(len, expected_len);
		assert_memory_equal(text, expected, len);
		seq_release(NULL, &file);
	}
}

static void test_a_large_buffer_takes_two_walks(void **state)
{
	static char text[sizeof(expected)];
	struct file file = {.f_pos = 0};
	size_t len;

	(void)state;
	assert_int_equal(seq_open(&file, &count_ops), 0);
	read_all(&file, 131072, text, &len);
	assert_int_equal(walks, 2);
	seq_release(NULL, &file);
}

static void test_skipped_records(void **state)
{
	static char text[sizeof(expected)];
	struct file file = {.f_pos = 0};
	size_t len;

	(void)state;
	skip_from = 2;
	assert_int_equal(seq_open(&file, &count_ops), 0);
	assert_int_equal(read_all(&file, 25, text, &len), 0);
	seq_release(NULL, &file);
	text[len] = '\0';
	assert_int_equal(strncmp(text, "record 0\nrecord 1\nrecord 2\nrecord 4\nrecord 6\n", 45),
			 0);
	assert_null(strstr(text, "record 999\n"));
}

static void test_an_error_comes_behind_what_was_made(void **state)
{
	static char text[sizeof(expected)];
	struct file file = {.f_pos = 0};
	size_t len;

	(void)state;
	fail_from = 2;
	assert_int_equal(seq_open(&file, &count_ops), 0);
	assert_int_equal(read_all(&file, 4096, text, &len), -EIO);
	assert_int_equal(len, strlen("record 0\nrecord 1\n"));
	assert_int_equal(seq_read(&file, text, 10, &file.f_pos), -EIO);
	seq_release(NULL, &file);
}

static void test_places(void **state)
{
	struct file file = {.f_pos = 0};
	char text[20];

	(void)state;
	assert_int_equal(seq_open(&file, &count_ops), 0);
	for (size_t at = expected_len; at-- > expected_len - 3000;) {
		size_t left = expected_len - at < sizeof(text) ? expected_len - at : sizeof(text);

		assert_int_equal(seq_lseek(&file, (loff_t)at, SEEK_SET), at);
		assert_int_equal(seq_read(&file, text, sizeof(text), &file.f_pos), left);
		assert_memory_equal(text, expected + at, left);
		assert_int_equal(file.f_pos, at + left);
	}
	file.f_pos = 20;
	assert_int_equal(seq_lseek(&file, -5, SEEK_CUR), 15);
	assert_int_equal(seq_lseek(&file, 1000000, SEEK_SET), 1000000);
	assert_int_equal(seq_read(&file, text, sizeof(text), &file.f_pos), 0);
	assert_int_equal(seq_lseek(&file, -1, SEEK_SET), -EINVAL);
	assert_int_equal(seq_lseek(&file, 0, SEEK_END), -EINVAL);
	file.f_pos = -1;
	assert_int_equal(seq_read(&file, text, sizeof(text), &file.f_pos), -EINVAL);
	seq_release(NULL, &file);
}

/* --- operations with mistakes --- */

static void *stuck_next(struct seq_file *m, void *v, loff_t *pos)
{
	(void)m;
	(void)v;
	return *pos < 3 ? pos : NULL;
}

static void test_a_next_that_does_not_count(void **state)
{
	const struct seq_operations ops = {count_start, count_stop, stuck_next, count_show};
	struct file file = {.f_pos = 0};
	char text[4096];
	size_t len;

	(void)state;
	assert_int_equal(seq_open(&file, &ops), 0);
	fail_from = 5;
	read_all(&file, sizeof(text), text, &len);
	assert_non_null(strstr(warning, "did not update position index"));
	seq_release(NULL, &file);
}

static void *error_start(struct seq_file *m, loff_t *pos)
{
	(void)m;
	(void)pos;
	open_walks++;
	return ERR_PTR(-ENODEV);
}

static void test_a_start_that_fails(void **state)
{
	const struct seq_operations ops = {error_start, count_stop, count_next, count_show};
	struct file file = {.f_pos = 0};
	char text[10];

	(void)state;
	assert_int_equal(seq_open(&file, &ops), 0);
	assert_int_equal(seq_read(&file, text, sizeof(text), &file.f_pos), -ENODEV);
	seq_release(NULL, &file);
}

/* --- one text, private bytes --- */

static int hello_show(struct seq_file *m, void *v)
{
	assert_ptr_equal(v, SEQ_START_TOKEN);
	seq_printf(m, "hello %s\n", (const char *)m->private);
	return 0;
}

static void test_single(void **state)
{
	struct file file = {.f_pos = 0};
	char text[64];
	size_t len;

	(void)state;
	assert_int_equal(single_open(&file, hello_show, "world"), 0);
	assert_int_equal(read_all(&file, 4, text, &len), 0);
	assert_int_equal(len, 12);
	assert_memory_equal(text, "hello world\n", 12);
	assert_int_equal(single_release(NULL, &file), 0);
}

static void test_private(void **state)
{
	struct file file = {.f_pos = 0};
	const char *bytes;

	(void)state;
	assert_int_equal(seq_open_private(&file, &count_ops, 5), 0);
	bytes = ((struct seq_file *)file.private_data)->private;
	assert_memory_equal(bytes, "\0\0\0\0\0", 5);
	assert_int_equal(seq_release_private(NULL, &file), 0);
}

static void test_no_memory(void **state)
{
	struct file file = {.f_pos = 0};
	char text[10];

	(void)state;
	for (long n = 1; n <= 2; n++) {
		fail_at = n;
		assert_int_equal(single_open(&file, hello_show, NULL), -ENOMEM);
		fail_at = n;
		assert_int_equal(seq_open_private(&file, &count_ops, 5), -ENOMEM);
	}
	fail_at = 0;
	assert_int_equal(seq_open(&file, &count_ops), 0);
	fail_at = 1;
	assert_int_equal(seq_read(&file, text, sizeof(text), &file.f_pos), -ENOMEM);
	seq_release(NULL, &file);
	fail_at = 0;
}

/* --- lists --- */

static void test_lists(void **state)
{
	struct list_head head, items[3];
	loff_t pos = 0;
	void *v;

	(void)state;
	INIT_LIST_HEAD(&head);
	assert_null(seq_list_start(&head, 0));
	for (int i = 0; i < 3; i++)
		list_add_tail(&items[i], &head);
	assert_ptr_equal(seq_list_start(&head, 2), &items[2]);
	assert_null(seq_list_start(&head, 3));
	assert_ptr_equal(seq_list_start_head(&head, 0), &head);
	assert_ptr_equal(seq_list_start_head(&head, 1), &items[0]);
	v = seq_list_start(&head, pos);
	for (int i = 0; i < 3; i++) {
		assert_ptr_equal(v, &items[i]);
		v = seq_list_next(v, &head, &pos);
	}
	assert_null(v);
	assert_int_equal(pos, 3);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_pieces_of_any_size),
		TEST(test_a_large_buffer_takes_two_walks),
		TEST(test_skipped_records),
		TEST(test_an_error_comes_behind_what_was_made),
		TEST(test_places),
		TEST(test_a_next_that_does_not_count),
		TEST(test_a_start_that_fails),
		TEST(test_single),
		TEST(test_private),
		TEST(test_no_memory),
		TEST(test_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
