/* SPDX-License-Identifier: MIT */
/* numeric.c: comparing numbers that are written in text. */
#include "shell/numeric.h"

#include <linux/ctype.h>
#include <linux/kernel.h>
#include <linux/string.h>

/* A number taken apart. Zeros that do not count are in neither part; zero has two empty parts. */
struct number {
	bool negative;
	const char *whole, *part;
	size_t whole_len, part_len;
};

static size_t digits(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && isdigit(s[n]))
		n++;
	return n;
}

static struct number number_read(const char *s, size_t len)
{
	const char *end = s + len;
	struct number n = {0};

	while (s < end && (*s == ' ' || *s == '\t'))
		s++;
	if (s < end && *s == '-') {
		n.negative = true;
		s++;
	}
	while (s < end && *s == '0')
		s++;
	n.whole = s;
	n.whole_len = digits(s, (size_t)(end - s));
	s += n.whole_len;
	if (s < end && *s == '.') {
		n.part = s + 1;
		n.part_len = digits(s + 1, (size_t)(end - s - 1));
		while (n.part_len && n.part[n.part_len - 1] == '0')
			n.part_len--;
	}
	if (!n.whole_len && !n.part_len)
		n.negative = false;
	return n;
}

static int compare_sizes(const struct number *a, const struct number *b)
{
	int order;

	if (a->whole_len != b->whole_len)
		return a->whole_len < b->whole_len ? -1 : 1;
	order = memcmp(a->whole, b->whole, a->whole_len);
	if (order || !(a->part_len + b->part_len))
		return order;
	if (a->part_len && b->part_len)
		order = memcmp(a->part, b->part, min(a->part_len, b->part_len));
	if (order || a->part_len == b->part_len)
		return order;
	return a->part_len < b->part_len ? -1 : 1;
}

int numeric_compare(const char *a, size_t a_len, const char *b, size_t b_len)
{
	struct number x = number_read(a, a_len), y = number_read(b, b_len);

	if (x.negative != y.negative)
		return x.negative ? -1 : 1;
	return x.negative ? compare_sizes(&y, &x) : compare_sizes(&x, &y);
}
