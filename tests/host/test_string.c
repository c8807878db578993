/* SPDX-License-Identifier: MIT */
/* test_string.c: kernel/lib/memory.c and string.c against the C library, on random input. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <cmocka.h>

#include <linux/errno.h>
#include <linux/string.h>

#include "libc.h"

#define ROUNDS 20000
#define SPACE  200

static unsigned long long seed = 1;

static size_t below(size_t n)
{
	return next_random(&seed) % n;
}

static int sign(int x)
{
	return (x > 0) - (x < 0);
}

/* Few different letters, so that matches and long equal beginnings are frequent. */
static void random_string(char *s, size_t max)
{
	static const char letters[] = "aAbB \x80\xff";
	size_t n = below(max);

	for (size_t i = 0; i < n; i++)
		s[i] = letters[below(sizeof(letters) - 1)];
	s[n] = '\0';
}

static void random_bytes(unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p[i] = (unsigned char)next_random(&seed);
}

/* On exactly as much heap as it needs, so that a read or write beyond its end is caught. */
static char *exact_copy(const char *s)
{
	size_t n = LIBC(strlen)(s) + 1;
	char *copy = malloc(n);

	assert_non_null(copy);
	return LIBC(memcpy)(copy, s, n);
}

/* Overlaps in both directions and by every distance, with every alignment. */
static void test_memmove(void **state)
{
	unsigned char ours[SPACE], theirs[SPACE];

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		size_t n = below(SPACE / 2), to = below(SPACE / 2), from = below(SPACE / 2);

		random_bytes(ours, SPACE);
		LIBC(memcpy)(theirs, ours, SPACE);
		assert_ptr_equal(memmove(ours + to, ours + from, n), ours + to);
		LIBC(memmove)(theirs + to, theirs + from, n);
		assert_memory_equal(ours, theirs, SPACE);
	}
}

static void test_memcpy_and_memset(void **state)
{
	(void)state;
	for (size_t n = 0; n < 150; n++) {
		unsigned char *from = malloc(n + 1), *to = malloc(n + 1), *expected = malloc(n + 1);

		random_bytes(from, n);
		to[n] = from[n] = 0x5a;
		assert_ptr_equal(memcpy(to, from, n), to);
		assert_memory_equal(to, from, n + 1);
		LIBC(memset)(expected, 0x81, n);
		expected[n] = 0x5a;
		/* Only the low byte counts. */
		assert_ptr_equal(memset(to, 0x7f81, n), to);
		assert_memory_equal(to, expected, n + 1);
		free(from);
		free(to);
		free(expected);
	}
}

static void test_memcmp_and_memchr(void **state)
{
	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		size_t n = below(40);
		unsigned char *a = malloc(n), *b = malloc(n);

		random_bytes(a, n);
		LIBC(memcpy)(b, a, n);
		if (n && below(4))
			b[below(n)] ^= 0x80;
		assert_int_equal(sign(memcmp(a, b, n)), sign(LIBC(memcmp)(a, b, n)));
		if (n) {
			int byte = a[below(n)] | 0x100;

			assert_ptr_equal(memchr(a, byte, n), LIBC(memchr)(a, byte, n));
		}
		assert_null(memchr(a, 0, 0));
		free(a);
		free(b);
	}
}

static void test_compare(void **state)
{
	char a[12], b[12];

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		char *x, *y;
		size_t n = below(14);

		random_string(a, sizeof(a));
		random_string(b, sizeof(b));
		x = exact_copy(a);
		y = exact_copy(below(3) ? b : a);
		assert_int_equal(sign(strcmp(x, y)), sign(LIBC(strcmp)(x, y)));
		assert_int_equal(sign(strncmp(x, y, n)), sign(LIBC(strncmp)(x, y, n)));
		assert_int_equal(sign(strcasecmp(x, y)), sign(LIBC(strcasecmp)(x, y)));
		assert_int_equal(sign(strncasecmp(x, y, n)), sign(LIBC(strncasecmp)(x, y, n)));
		assert_int_equal(strlen(x), LIBC(strlen)(x));
		assert_int_equal(strnlen(x, n), LIBC(strnlen)(x, n));
		free(x);
		free(y);
	}
}

static void test_search(void **state)
{
	char a[30], b[4];

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		char *x, *y;
		int c;

		random_string(a, sizeof(a));
		random_string(b, sizeof(b));
		x = exact_copy(a);
		y = exact_copy(b);
		c = below(3) ? "aAbB \x80\xffz"[below(8)] : 0;
		assert_ptr_equal(strchr(x, c), LIBC(strchr)(x, c));
		assert_ptr_equal(strrchr(x, c), LIBC(strrchr)(x, c));
		assert_ptr_equal(strstr(x, y), LIBC(strstr)(x, y));
		assert_ptr_equal(strpbrk(x, y), LIBC(strpbrk)(x, y));
		assert_int_equal(strspn(x, y), LIBC(strspn)(x, y));
		assert_int_equal(strcspn(x, y), LIBC(strcspn)(x, y));
		free(x);
		free(y);
	}
}

static void test_copies(void **state)
{
	char a[20], b[20], ours[64], theirs[64];

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		size_t n = below(24);

		random_string(a, sizeof(a));
		random_string(b, sizeof(b));
		LIBC(memset)(ours, 'x', sizeof(ours));
		LIBC(memset)(theirs, 'x', sizeof(theirs));
		assert_ptr_equal(strcpy(ours, a), ours);
		LIBC(strcpy)(theirs, a);
		strcat(ours, b);
		LIBC(strcat)(theirs, b);
		strncat(ours, b, n);
		LIBC(strncat)(theirs, b, n);
		assert_memory_equal(ours, theirs, sizeof(ours));
		assert_ptr_equal(strncpy(ours, b, n), ours);
		LIBC(strncpy)(theirs, b, n);
		assert_memory_equal(ours, theirs, sizeof(ours));
	}
}

static void test_strsep(void **state)
{
	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		char a[30], ours[30], *x, theirs[30], *y;

		random_string(a, sizeof(a));
		x = LIBC(strcpy)(ours, a);
		y = LIBC(strcpy)(theirs, a);
		for (;;) {
			char *word = strsep(&x, " b"), *expected = LIBC(strsep)(&y, " b");

			if (!expected) {
				assert_null(word);
				break;
			}
			assert_string_equal(word, expected);
			assert_int_equal(word - ours, expected - theirs);
		}
	}
}

static void test_bounded_copies(void **state)
{
	char buf[8];

	(void)state;
	assert_int_equal(strscpy(buf, "seven..", 8), 7);
	assert_string_equal(buf, "seven..");
	assert_int_equal(strscpy(buf, "eight...", 8), -E2BIG);
	assert_string_equal(buf, "eight..");
	assert_int_equal(strscpy(buf, "", 1), 0);
	assert_string_equal(buf, "");
	assert_int_equal(strscpy(buf, "x", 1), -E2BIG);
	assert_string_equal(buf, "");
	buf[0] = 'k';
	assert_int_equal(strscpy(buf, "x", 0), -E2BIG);
	assert_int_equal(buf[0], 'k');

	assert_int_equal(strlcpy(buf, "seven..", 8), 7);
	assert_string_equal(buf, "seven..");
	assert_int_equal(strlcpy(buf, "and much more", 8), 13);
	assert_string_equal(buf, "and muc");
	buf[0] = 'k';
	assert_int_equal(strlcpy(buf, "xyz", 0), 3);
	assert_int_equal(buf[0], 'k');
}

static void test_strim(void **state)
{
	char both[] = " \t two words\n ", blank[] = " \n\t", empty[] = "", none[] = "x";

	(void)state;
	assert_string_equal(strim(both), "two words");
	assert_string_equal(strim(blank), "");
	assert_string_equal(strim(empty), "");
	assert_string_equal(strim(none), "x");
	assert_string_equal(skip_spaces(" \v\f\r a "), "a ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memmove),
		cmocka_unit_test(test_memcpy_and_memset),
		cmocka_unit_test(test_memcmp_and_memchr),
		cmocka_unit_test(test_compare),
		cmocka_unit_test(test_search),
		cmocka_unit_test(test_copies),
		cmocka_unit_test(test_strsep),
		cmocka_unit_test(test_bounded_copies),
		cmocka_unit_test(test_strim),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
