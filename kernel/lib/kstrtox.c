/* SPDX-License-Identifier: MIT */
/*
 * kstrtox.c: text to numbers. The kstrto* family takes a whole string or refuses it; the
 * simple_strto* family reads what digits there are and, as in Linux, lets the value wrap.
 */
#include "lib/lib.h"

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>

#define NOT_A_DIGIT 99

/* Letters go on after 9, for bases up to 36. */
static unsigned int digit_value(char c)
{
	if (isdigit(c))
		return (unsigned int)(c - '0');
	if (isalpha(c))
		return (unsigned int)(tolower(c) - 'a' + 10);
	return NOT_A_DIGIT;
}

/* Settles base 0 and steps over "0x"; a 0x that no hexadecimal digit follows is just a 0. */
static const char *read_prefix(const char *s, unsigned int *base)
{
	bool hex = s[0] == '0' && tolower(s[1]) == 'x' && isxdigit(s[2]);

	if (*base == 0)
		*base = hex ? 16 : s[0] == '0' ? 8 : 10;
	return hex && *base == 16 ? s + 2 : s;
}

/* Reads digits from @s on; returns where they end. The value wraps, and *@wrapped says so. */
static const char *read_digits(const char *s, unsigned int base, unsigned long long *value,
			       bool *wrapped)
{
	*value = 0;
	*wrapped = false;
	for (unsigned int d; (d = digit_value(*s)) < base; s++) {
		if (*value > (ULLONG_MAX - d) / base)
			*wrapped = true;
		*value = *value * base + d;
	}
	return s;
}

/* @s without sign. Too large is told before trailing rubbish, as Linux does. */
static int parse_whole(const char *s, unsigned int base, unsigned long long *res)
{
	const char *start = read_prefix(s, &base), *end;
	unsigned long long value;
	bool wrapped;

	end = read_digits(start, base, &value, &wrapped);
	if (end == start)
		return -EINVAL;
	if (wrapped)
		return -ERANGE;
	if (*end == '\n')
		end++;
	if (*end)
		return -EINVAL;
	*res = value;
	return 0;
}

int kstrtoull(const char *s, unsigned int base, unsigned long long *res)
{
	return parse_whole(*s == '+' ? s + 1 : s, base, res);
}
EXPORT_SYMBOL(kstrtoull);

/* A minus sign is taken here, and may not be followed by a second sign. */
int kstrtoll(const char *s, unsigned int base, long long *res)
{
	unsigned long long magnitude, limit = LLONG_MAX;
	bool negative = *s == '-';
	int err;

	if (negative)
		limit++;
	err = negative ? parse_whole(s + 1, base, &magnitude) : kstrtoull(s, base, &magnitude);
	if (err)
		return err;
	if (magnitude > limit)
		return -ERANGE;
	/* Negated as unsigned: -LLONG_MIN does not exist. */
	*res = (long long)(negative ? -magnitude : magnitude);
	return 0;
}
EXPORT_SYMBOL(kstrtoll);

/* The narrower types: read the wide one and see whether the value survives the cast. */
#define DEFINE_KSTRTO(name, type, wide_type, wide_name)                                            \
	int name(const char *s, unsigned int base, type *res)                                      \
	{                                                                                          \
		wide_type wide;                                                                    \
		int err = wide_name(s, base, &wide);                                               \
                                                                                                   \
		if (err)                                                                           \
			return err;                                                                \
		if (wide != (wide_type)(type)wide)                                                 \
			return -ERANGE;                                                            \
		*res = (type)wide;                                                                 \
		return 0;                                                                          \
	}                                                                                          \
	EXPORT_SYMBOL(name)

DEFINE_KSTRTO(kstrtoul, unsigned long, unsigned long long, kstrtoull);
DEFINE_KSTRTO(kstrtol, long, long long, kstrtoll);
DEFINE_KSTRTO(kstrtouint, unsigned int, unsigned long long, kstrtoull);
DEFINE_KSTRTO(kstrtoint, int, long long, kstrtoll);
DEFINE_KSTRTO(kstrtou16, u16, unsigned long long, kstrtoull);
DEFINE_KSTRTO(kstrtos16, s16, long long, kstrtoll);
DEFINE_KSTRTO(kstrtou8, u8, unsigned long long, kstrtoull);
DEFINE_KSTRTO(kstrtos8, s8, long long, kstrtoll);

/* 1 for yes, 0 for no, -EINVAL: the letter alone decides, but for "on" and "off". */
static int bool_of(const char *s)
{
	switch (tolower(s[0])) {
	case 'y':
	case 't':
	case '1':
		return 1;
	case 'n':
	case 'f':
	case '0':
		return 0;
	case 'o':
		return tolower(s[1]) == 'n' ? 1 : tolower(s[1]) == 'f' ? 0 : -EINVAL;
	default:
		return -EINVAL;
	}
}

int kstrtobool(const char *s, bool *res)
{
	int value = s ? bool_of(s) : -EINVAL;

	if (value < 0)
		return value;
	*res = value;
	return 0;
}
EXPORT_SYMBOL(kstrtobool);

unsigned long simple_strtoul(const char *s, char **endp, unsigned int base)
{
	unsigned long long value;
	bool wrapped;

	s = read_prefix(s, &base);
	s = read_digits(s, base, &value, &wrapped);
	if (endp)
		*endp = (char *)s;
	return value;
}
EXPORT_SYMBOL(simple_strtoul);

long simple_strtol(const char *s, char **endp, unsigned int base)
{
	if (*s == '-')
		return (long)-simple_strtoul(s + 1, endp, base);
	return (long)simple_strtoul(s, endp, base);
}
EXPORT_SYMBOL(simple_strtol);
