/* SPDX-License-Identifier: MIT */
/* test_ranges.c: kernel/mm/ranges.c against a bitmap, which is too simple to be wrong. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "mm/ranges.h"

#include <linux/errno.h>

#define SPACE 64
#define MAX   40

static struct boot_range list[MAX];
static unsigned int count;

static int reset(void **state)
{
	(void)state;
	count = 0;
	return 0;
}

/* Sorted, not empty, not touching: what the callers rely on. */
static void check_shape(void)
{
	for (unsigned int i = 0; i < count; i++) {
		assert_true(list[i].start < list[i].end);
		if (i > 0)
			assert_true(list[i - 1].end < list[i].start);
	}
}

static void check_equal(const char *bitmap)
{
	char ours[SPACE] = {0};
	unsigned int total = 0;

	for (unsigned int i = 0; i < count; i++)
		memset(ours + list[i].start, 1, list[i].end - list[i].start);
	assert_memory_equal(ours, bitmap, SPACE);
	for (unsigned int i = 0; i < SPACE; i++)
		total += bitmap[i];
	assert_int_equal(ranges_total(list, count), total);
}

static void random_operations(void **state)
{
	char bitmap[SPACE] = {0};

	(void)state;
	srandom(1);
	for (int i = 0; i < 20000; i++) {
		unsigned int start = random() % SPACE;
		struct boot_range range = {start, start + random() % (SPACE - start + 1)};
		int add = random() % 2;

		if (add)
			assert_int_equal(ranges_add(list, &count, MAX, range), 0);
		else
			assert_int_equal(ranges_cut(list, &count, MAX, range), 0);
		memset(bitmap + range.start, add, range.end - range.start);
		check_equal(bitmap);
		if (add)
			check_shape();
	}
}

static void neighbours_become_one(void **state)
{
	(void)state;
	assert_int_equal(ranges_add(list, &count, MAX, (struct boot_range){10, 20}), 0);
	assert_int_equal(ranges_add(list, &count, MAX, (struct boot_range){30, 40}), 0);
	assert_int_equal(count, 2);
	assert_int_equal(ranges_add(list, &count, MAX, (struct boot_range){20, 30}), 0);
	assert_int_equal(count, 1);
	assert_int_equal(list[0].start, 10);
	assert_int_equal(list[0].end, 40);
}

static void a_full_list_says_so(void **state)
{
	struct boot_range whole = {0, 100};

	(void)state;
	assert_int_equal(ranges_add(list, &count, 1, whole), 0);
	assert_int_equal(ranges_add(list, &count, 1, (struct boot_range){200, 201}), -ENOSPC);
	assert_int_equal(ranges_cut(list, &count, 1, (struct boot_range){50, 60}), -ENOSPC);
}

static void nothing_is_nothing(void **state)
{
	(void)state;
	assert_int_equal(ranges_add(list, &count, MAX, (struct boot_range){5, 5}), 0);
	assert_int_equal(count, 0);
	assert_int_equal(ranges_add(list, &count, MAX, (struct boot_range){5, 9}), 0);
	assert_int_equal(ranges_cut(list, &count, MAX, (struct boot_range){7, 7}), 0);
	assert_int_equal(ranges_total(list, count), 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(random_operations, reset),
		cmocka_unit_test_setup(neighbours_become_one, reset),
		cmocka_unit_test_setup(a_full_list_says_so, reset),
		cmocka_unit_test_setup(nothing_is_nothing, reset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
