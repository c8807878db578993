/* SPDX-License-Identifier: MIT */
/* test_kstrtox.c: kernel/lib/kstrtox.c, with strtoull() as the judge of what digits mean. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <linux/errno.h>
#include <linux/kstrtox.h>

#include "libc.h"

static unsigned long long seed = 1;

static size_t below(size_t n)
{
	return next_random(&seed) % n;
}

static void random_text(char *s, const char *letters, size_t max)
{
	size_t n = below(max);

	for (size_t i = 0; i < n; i++)
		s[i] = letters[below(strlen(letters))];
	s[n] = '\0';
}

/* What kstrtoull() should say, from strtoull(), which also takes blanks, signs and a bare "0x". */
static int expected_ull(const char *s, unsigned int base, unsigned long long *value)
{
	const char *digits = *s == '+' ? s + 1 : s;
	char *end;

	if (strchr(" \t\n+-", *digits))
		return -EINVAL;
	errno = 0;
	*value = strtoull(digits, &end, (int)base);
	if (end == digits)
		return -EINVAL;
	if (errno == ERANGE)
		return -ERANGE;
	if (*end == '\n')
		end++;
	return *end ? -EINVAL : 0;
}

static void test_against_libc(void **state)
{
	static const unsigned int bases[] = {0, 2, 8, 10, 16, 36};
	char s[32];

	(void)state;
	for (int i = 0; i < 200000; i++) {
		unsigned int base = bases[below(6)];
		unsigned long long value = 77, expected = 77;
		int err, expected_err;

		random_text(s, below(2) ? "0123456789" : "0017xXaf+-\n zZ9", 24);
		expected_err = expected_ull(s, base, &expected);
		err = kstrtoull(s, base, &value);
		if (err != expected_err)
			fail_msg("\"%s\" base %u: %d, expected %d", s, base, err, expected_err);
		if (!err && value != expected)
			fail_msg("\"%s\" base %u: %llu, expected %llu", s, base, value, expected);
		if (err)
			assert_int_equal(value, 77);
	}
}

static void test_signed_edges(void **state)
{
	long long v = 5;

	(void)state;
	assert_int_equal(kstrtoll("9223372036854775807", 10, &v), 0);
	assert_true(v == LLONG_MAX);
	assert_int_equal(kstrtoll("-9223372036854775808\n", 10, &v), 0);
	assert_true(v == LLONG_MIN);
	v = 5;
	assert_int_equal(kstrtoll("9223372036854775808", 10, &v), -ERANGE);
	assert_int_equal(kstrtoll("-9223372036854775809", 10, &v), -ERANGE);
	assert_int_equal(kstrtoll("99999999999999999999x", 10, &v), -ERANGE);
	assert_int_equal(kstrtoll("-", 10, &v), -EINVAL);
	assert_int_equal(kstrtoll("--5", 10, &v), -EINVAL);
	assert_int_equal(kstrtoll("-+5", 10, &v), -EINVAL);
	assert_int_equal(kstrtoll("5\n\n", 10, &v), -EINVAL);
	assert_int_equal(kstrtoll("", 10, &v), -EINVAL);
	assert_int_equal(kstrtoll("\n", 10, &v), -EINVAL);
	assert_int_equal(v, 5);
	assert_int_equal(kstrtoll("-0x10", 0, &v), 0);
	assert_int_equal(v, -16);
}

/* Each width at its two edges and one beyond. */
#define EDGES(function, type, low, high, below_low, above_high)                                    \
	do {                                                                                       \
		type v = 1;                                                                        \
                                                                                                   \
		assert_int_equal(function(low, 10, &v), 0);                                        \
		assert_true(v == (type)strtoll(low, NULL, 10));                                    \
		assert_int_equal(function(high, 10, &v), 0);                                       \
		assert_true(v == (type)strtoull(high, NULL, 10));                                  \
		assert_int_equal(function(above_high, 10, &v), -ERANGE);                           \
		assert_int_equal(function(below_low, 10, &v), *low == '0' ? -EINVAL : -ERANGE);    \
		assert_true(v == (type)strtoull(high, NULL, 10));                                  \
	} while (0)

static void test_widths(void **state)
{
	(void)state;
	EDGES(kstrtou8, u8, "0", "255", "-1", "256");
	EDGES(kstrtos8, s8, "-128", "127", "-129", "128");
	EDGES(kstrtou16, u16, "0", "65535", "-1", "65536");
	EDGES(kstrtos16, s16, "-32768", "32767", "-32769", "32768");
	EDGES(kstrtouint, unsigned int, "0", "4294967295", "-1", "4294967296");
	EDGES(kstrtoint, int, "-2147483648", "2147483647", "-2147483649", "2147483648");
	EDGES(kstrtoul, unsigned long, "0", "18446744073709551615", "-1", "18446744073709551616");
	EDGES(kstrtol, long, "-9223372036854775808", "9223372036854775807", "-9223372036854775809",
	      "9223372036854775808");
}

static void test_bool(void **state)
{
	static const char *const yes[] = {"y", "Y", "yes", "1", "t", "T", "on", "ON", "oN.."};
	static const char *const no[] = {"n", "N", "no", "0", "f", "F", "off", "OF", "oFx"};
	static const char *const neither[] = {"", "o", "ox", "2", "x", " y", "-1"};
	bool v = false;

	(void)state;
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++) {
		v = false;
		assert_int_equal(kstrtobool(yes[i], &v), 0);
		assert_true(v);
		assert_int_equal(kstrtobool(no[i], &v), 0);
		assert_false(v);
	}
	v = true;
	for (size_t i = 0; i < sizeof(neither) / sizeof(neither[0]); i++)
		assert_int_equal(kstrtobool(neither[i], &v), -EINVAL);
	assert_int_equal(kstrtobool(NULL, &v), -EINVAL);
	assert_true(v);
}

static void test_simple(void **state)
{
	const char *s = "0x1fzz";
	char *end;

	(void)state;
	assert_int_equal(simple_strtoul(s, &end, 0), 0x1f);
	assert_ptr_equal(end, s + 4);
	assert_int_equal(simple_strtoul(s, &end, 10), 0);
	assert_ptr_equal(end, s + 1);
	assert_int_equal(simple_strtoul(s, NULL, 16), 0x1f);
	s = "0x";
	assert_int_equal(simple_strtoul(s, &end, 16), 0);
	assert_ptr_equal(end, s + 1);
	s = "-017,";
	assert_int_equal(simple_strtol(s, &end, 0), -15);
	assert_ptr_equal(end, s + 4);
	s = "zebra";
	assert_int_equal(simple_strtoul(s, &end, 10), 0);
	assert_ptr_equal(end, s);
	/* 2^64 + 5: it wraps. */
	assert_int_equal(simple_strtoul("18446744073709551621", NULL, 10), 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_against_libc), cmocka_unit_test(test_signed_edges),
		cmocka_unit_test(test_widths),	     cmocka_unit_test(test_bool),
		cmocka_unit_test(test_simple),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
