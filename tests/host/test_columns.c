/* SPDX-License-Identifier: MIT */
/* test_columns.c: kernel/shell/columns.c and numeric.c, against the C library. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "libc.h"
#include "shell/columns.h"
#include "shell/numeric.h"

static unsigned long long seed = 1;

static size_t below(size_t n)
{
	return next_random(&seed) % n;
}

/* --- columns --- */

static void expect_plan(unsigned int names, size_t longest, unsigned int rows, unsigned int width)
{
	struct columns plan;

	columns_plan(names, longest, &plan);
	assert_int_equal(plan.rows, rows);
	assert_int_equal(plan.width, width);
}

static void test_columns_plan(void **state)
{
	(void)state;
	expect_plan(4, 4, 1, 6);  /* "arr   flag  num   who" */
	expect_plan(13, 4, 1, 6); /* 12 * 6 + 4 = 76 of 80 columns */
	expect_plan(14, 4, 2, 6);
	expect_plan(2, 39, 1, 41); /* 41 + 39 = 80: fits exactly */
	expect_plan(2, 40, 2, 42);
	expect_plan(3, 500, 3, 82); /* wider than the screen: one a row */
	expect_plan(0, 0, 0, 2);
}

static void test_mode_text(void **state)
{
	char text[MODE_TEXT_MAX];

	(void)state;
	mode_text(0100644, text);
	assert_string_equal(text, "-rw-r--r--");
	mode_text(040755, text);
	assert_string_equal(text, "drwxr-xr-x");
	mode_text(0100000, text);
	assert_string_equal(text, "----------");
	mode_text(040527, text);
	assert_string_equal(text, "dr-x-w-rwx");
}

static void test_dates_against_libc(void **state)
{
	char ours[DATE_TEXT_MAX], theirs[64];
	const long long half_year = 31556952 / 2;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		time_t t = (time_t)below(20000000000ULL); /* up to the year 2603 */
		time_t now = t + (time_t)below(40000000) - 10000000;
		bool recent = t <= now && now - t < half_year;
		struct tm tm;

		gmtime_r(&t, &tm);
		strftime(theirs, sizeof(theirs), recent ? "%b %e %H:%M" : "%b %e  %Y", &tm);
		date_text(t, now, ours);
		assert_string_equal(ours, theirs);
	}
	date_text(-5, 0, ours);
	assert_string_equal(ours, "Jan  1 00:00");
}

static void test_digits(void **state)
{
	char text[32];

	(void)state;
	for (int shift = 0; shift < 64; shift++) {
		unsigned long long n = next_random(&seed) * 0x9e3779b97f4a7c15ULL >> shift;

		assert_int_equal(digits_of(n), snprintf(text, sizeof(text), "%llu", n));
	}
	assert_int_equal(digits_of(0), 1);
	assert_int_equal(digits_of(9), 1);
	assert_int_equal(digits_of(10), 2);
	assert_int_equal(digits_of(18446744073709551615ULL), 20);
}

/* --- numbers in text --- */

static int compare(const char *a, const char *b)
{
	size_t a_len = strlen(a), b_len = strlen(b);
	char *x = malloc(a_len + 1), *y = malloc(b_len + 1);
	int order;

	/* Right up to the end of the memory, without a NUL. */
	memcpy(x + 1, a, a_len);
	memcpy(y + 1, b, b_len);
	order = numeric_compare(x + 1, a_len, y + 1, b_len);
	free(x);
	free(y);
	return (order > 0) - (order < 0);
}

static void expect_order(const char *a, const char *b, int order)
{
	if (compare(a, b) != order || compare(b, a) != -order)
		fail_msg("'%s' and '%s': not %d", a, b, order);
}

static void test_numeric(void **state)
{
	(void)state;
	expect_order("9", "10", -1);
	expect_order("  9x", "9y", 0);
	expect_order("-1", "1", -1);
	expect_order("-10", "-9", -1);
	expect_order("0", "-0", 0);
	expect_order("", "0", 0);
	expect_order("abc", "0", 0);
	expect_order("-", "0", 0);
	expect_order("-x5", "0", 0);
	expect_order("1.5", "1.25", 1);
	expect_order("1.50", "1.5", 0);
	expect_order("1.", "1", 0);
	expect_order(".5", "0.5", 0);
	expect_order("-.5", "-.25", -1);
	expect_order("007", "7", 0);
	expect_order("99999999999999999999999999", "100000000000000000000000000", -1);
	expect_order("+1", "0", 0); /* as GNU sort: a plus is no part of a number */
}

/* Thousandths, with and without zeros that do not count. */
static long random_number(char *text, size_t room)
{
	static const int scales[] = {1, 10, 100, 1000};
	long n = (long)below(4000) - 2000, size = labs(n);
	int digits = (int)below(4), scale = scales[digits];

	snprintf(text, room, "%s%s%ld", n < 0 ? "-" : "", below(2) ? "00" : "", size / scale);
	if (digits)
		snprintf(text + strlen(text), room - strlen(text), ".%0*ld%s", digits, size % scale,
			 below(2) ? "0" : "");
	return n * (1000 / scale);
}

static void test_random_numbers(void **state)
{
	char a[32], b[32];

	(void)state;
	for (int i = 0; i < 200000; i++) {
		long x = random_number(a, sizeof(a)), y = random_number(b, sizeof(b));

		expect_order(a, b, (x > y) - (x < y));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns_plan),
		cmocka_unit_test(test_mode_text),
		cmocka_unit_test(test_dates_against_libc),
		cmocka_unit_test(test_digits),
		cmocka_unit_test(test_numeric),
		cmocka_unit_test(test_random_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
