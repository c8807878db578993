/* SPDX-License-Identifier: MIT */
/*
 * test_sprintf.c: kernel/lib/sprintf.c and format.c: the C library is the judge wherever both
 * promise the same; where the kernel differs on purpose, the expectation stands here.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <cmocka.h>

#include <linux/sprintf.h>

#include "lib/lib.h"
#include "libc.h"

/* The formats here are made up at run time: that is the point. */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"
#pragma GCC diagnostic ignored "-Wformat"
#pragma GCC diagnostic ignored "-Wformat-extra-args"
#pragma GCC diagnostic ignored "-Wformat-truncation"
#pragma GCC diagnostic ignored "-Wformat-zero-length"
#pragma GCC diagnostic ignored "-Wformat-overflow"

#define ROUNDS 100000

static unsigned long long seed = 1;

static size_t below(size_t n)
{
	return next_random(&seed) % n;
}

/* Both sides format into @size bytes of a larger buffer, and must agree on all of it. */
#define SAME(size, fmt, ...)                                                                       \
	do {                                                                                       \
		char ours[300], theirs[300];                                                       \
		int n, expected;                                                                   \
                                                                                                   \
		LIBC(memset)(ours, '#', sizeof(ours));                                             \
		LIBC(memset)(theirs, '#', sizeof(theirs));                                         \
		n = snprintf(ours, size, fmt, ##__VA_ARGS__);                                      \
		expected = LIBC(snprintf)(theirs, size, fmt, ##__VA_ARGS__);                       \
		if (n != expected || LIBC(memcmp)(ours, theirs, sizeof(ours)))                     \
			fail_msg("\"%s\": \"%.*s\" (%d), expected \"%.*s\" (%d)", fmt, 250, ours,  \
				 n, 250, theirs, expected);                                        \
	} while (0)

#define IS(expected, ...)                                                                          \
	do {                                                                                       \
		char ours[300];                                                                    \
		int n = snprintf(ours, sizeof(ours), __VA_ARGS__);                                 \
                                                                                                   \
		assert_string_equal(ours, expected);                                               \
		assert_int_equal(n, sizeof(expected) - 1);                                         \
	} while (0)

static char *append_flags(char *p, const char *allowed)
{
	for (; *allowed; allowed++)
		if (!below(3))
			*p++ = *allowed;
	return p;
}

/* "%", flags, width, precision; returns where the conversion goes. */
static char *random_spec(char *p, const char *flags)
{
	*p++ = '%';
	p = append_flags(p, flags);
	if (below(2))
		p += LIBC(sprintf)(p, "%zu", below(30));
	if (!below(3))
		p += LIBC(sprintf)(p, below(8) ? ".%zu" : ".", below(26));
	return p;
}

static long long interesting_number(void)
{
	static const long long edges[] = {0,	   1,	      -1,	 7,	   8,
					  9,	   10,	      255,	 -128,	   INT_MAX,
					  INT_MIN, LLONG_MAX, LLONG_MIN, UINT_MAX, 32768};
	long long r = (long long)(next_random(&seed) << 31 ^ next_random(&seed));

	return below(2) ? edges[below(sizeof(edges) / sizeof(edges[0]))] : r >> below(63);
}

static void one_number(const char *letters, const char *flags)
{
	static const char *const lengths[] = {"hh", "h", "", "l", "ll", "z", "t"};
	const char *length = lengths[below(7)];
	size_t size = below(4) ? 300 : below(40);
	long long v = interesting_number();
	char fmt[64], *p = random_spec(fmt, flags);

	LIBC(sprintf)(p, "%s%c", length, letters[below(LIBC(strlen)(letters))]);
	if (*length && LIBC(strchr)("lzt", *length))
		SAME(size, fmt, v);
	else
		SAME(size, fmt, (int)v);
}

static void test_numbers(void **state)
{
	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		one_number("di", "-+ 0");
		one_number("u", "-0");
		one_number("xXo", "-#0");
	}
}

static void test_text(void **state)
{
	static const char *const words[] = {"", "a", "seven", "longer, with 8 bits: \xe9"};

	(void)state;
	for (int i = 0; i < ROUNDS / 4; i++) {
		char fmt[64], *p = random_spec(fmt, "-");
		const char *word = words[below(4)];
		size_t size = below(4) ? 300 : below(40);

		LIBC(strcpy)(p, "s");
		SAME(size, fmt, word);
	}
	for (int c = 1; c < 256; c++) {
		SAME(300, "%c|", c);
		SAME(300, "%5c|%-5c|", c, c);
	}
	SAME(300, "%c%c", 0, 'x');
}

static void test_star(void **state)
{
	(void)state;
	for (int width = -20; width <= 20; width++) {
		for (int precision = -3; precision <= 12; precision++) {
			SAME(300, "%*.*d|", width, precision, 1234);
			SAME(300, "%0*.*x|", width, precision, 0);
			SAME(300, "%*.*s|", width, precision, "a word");
		}
	}
	/* A width that has no positive twin, in a buffer that keeps little of it. */
	{
		char buf[4];

		assert_int_equal(snprintf(buf, sizeof(buf), "%*d", INT_MIN, 5), INT_MAX);
		assert_string_equal(buf, "5  ");
	}
}

static void test_edges(void **state)
{
	(void)state;
	SAME(300, "");
	SAME(300, "100%%");
	SAME(300, "%d %s %c %lx %%\n", -1, "x", 'y', ULONG_MAX);
	SAME(300, "%.0d|%.0u|%.0x|%#.0o|%+.0d|% .0d", 0, 0, 0, 0, 0, 0);
	SAME(300, "%#x %#X %#o %#o", 0, 0xabc, 0, 8);
	SAME(300, "%hhd %hd %hhu %hu", 300, 70000, 300, 70000);
	SAME(300, "%lld %llu", LLONG_MIN, ULLONG_MAX);
	SAME(300, "%zu %zd %td", SIZE_MAX, (ssize_t)-1, (ptrdiff_t)-5);
	SAME(300, "%-08d|%+-8d|%- 8d|", 42, 42, 42);
	SAME(300, "%.*s", 3, "abcdef");
	for (size_t size = 0; size < 16; size++)
		SAME(size, "%s %d", "truncated", 12345);
}

/* With a precision, the string need not end. */
static void test_unterminated(void **state)
{
	char *raw = malloc(4), buf[16];

	(void)state;
	LIBC(memcpy)(raw, "abcd", 4);
	assert_int_equal(snprintf(buf, sizeof(buf), "%.4s", raw), 4);
	assert_string_equal(buf, "abcd");
	free(raw);
}

static void test_kernel_ways(void **state)
{
	(void)state;
	IS("(null)", "%s", (char *)NULL);
	IS("(nu", "%.3s", (char *)NULL);
	IS("(efault)", "%s", (char *)4095);
	IS("(efault)", "%s", (char *)-22L);
	IS("00000000deadbeef", "%p", (void *)0xdeadbeef);
	IS("ffffffffc0000000", "%p", (void *)0xffffffffc0000000);
	IS("0000000000000000", "%p", NULL);
	IS("  0000000000000001|", "%18p|", (void *)1);
	IS("0000000000000001  |", "%-18p|", (void *)1);
	IS("1f", "%Lx", 31LL);
}

/* What sym/ would hand down: the letter, and the address. */
static int format_as(char *buffer, unsigned long address, char how)
{
	return LIBC(sprintf)(buffer, "%c:%lx", how, address);
}

static void test_symbols(void **state)
{
	void *p = (void *)0xffffffff80100000;
	char buf[8];

	(void)state;
	IS("ffffffff80100000.", "%pS.", p);
	set_symbol_format(format_as);
	IS("<S:ffffffff80100000>", "<%pS>", p);
	IS("s:ffffffff80100000", "%ps", p);
	IS("B:ffffffff80100000 7", "%pB %d", p, 7);
	IS("    S:1|S:1    |", "%7pS|%-7pS|", (void *)1, (void *)1);
	/* As on Linux, letters and digits up to the next other character belong to it. */
	IS("S:1-B:1", "%pSR-%pBb", (void *)1, (void *)1);
	IS("ffffffff80100000 0000000000000001", "%px %pK", p, (void *)1);
	IS("ffffffff80100000_x", "%pNOTHING9_x", p);
	/* A longer text than there is room for is counted, and cut. */
	assert_int_equal(snprintf(buf, 4, "%pS", p), 18);
	assert_string_equal(buf, "S:f");
	set_symbol_format(NULL);
	IS("ffffffff80100000", "%pB", p);
}

static bool secret;

static bool is_secret(void)
{
	return secret;
}

static void test_secrets(void **state)
{
	void *p = (void *)0xffffffff80100000;

	(void)state;
	set_pointer_secret(is_secret);
	IS("ffffffff80100000 ffffffff80100000", "%pK %p", p, p);
	secret = true;
	IS("0000000000000000 ffffffff80100000 ffffffff80100000", "%pK %p %px", p, p, p);
	IS("  0000000000000000|", "%18pK|", p);
	secret = false;
	IS("ffffffff80100000", "%pK", p);
	secret = true;
	set_pointer_secret(NULL);
	IS("ffffffff80100000", "%pK", p);
}

/* What is no conversion comes out as it went in, and takes no argument. */
static void test_broken(void **state)
{
	(void)state;
	IS("%", "%");
	IS("a%", "a%");
	IS("%-5", "%-5");
	IS("%l", "%l");
	IS("%hh", "%hh");
	IS("%y7", "%y%d", 7);
	IS("%+5.3llk", "%+5.3llk");
	IS("%n", "%n");
	IS("%5.2f 3", "%5.2f %d", 3);
	IS("%.", "%.");
}

/* Numbers in the format that no int can hold. */
static void test_huge_width(void **state)
{
	char buf[8];

	(void)state;
	assert_int_equal(snprintf(buf, sizeof(buf), "%99999999999d", 5), INT_MAX);
	assert_string_equal(buf, "       ");
	assert_int_equal(snprintf(buf, sizeof(buf), "%.99999999999d", 5), INT_MAX);
	assert_string_equal(buf, "0000000");
	assert_int_equal(snprintf(NULL, 0, "%2147483647d%d", 5, 6), INT_MAX);
}

static void test_family(void **state)
{
	char buf[8];

	(void)state;
	assert_int_equal(scnprintf(buf, sizeof(buf), "%s", "seven.."), 7);
	assert_int_equal(scnprintf(buf, sizeof(buf), "%s", "eight..."), 7);
	assert_string_equal(buf, "eight..");
	assert_int_equal(scnprintf(buf, 1, "%s", "x"), 0);
	assert_string_equal(buf, "");
	buf[0] = 'k';
	assert_int_equal(scnprintf(buf, 0, "%s", "x"), 0);
	assert_int_equal(buf[0], 'k');
	assert_int_equal(sprintf(buf, "%d-%s", 12, "ab"), 5);
	assert_string_equal(buf, "12-ab");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),	     cmocka_unit_test(test_text),
		cmocka_unit_test(test_star),	     cmocka_unit_test(test_edges),
		cmocka_unit_test(test_unterminated), cmocka_unit_test(test_kernel_ways),
		cmocka_unit_test(test_symbols),	     cmocka_unit_test(test_secrets),
		cmocka_unit_test(test_broken),	     cmocka_unit_test(test_huge_width),
		cmocka_unit_test(test_family),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
