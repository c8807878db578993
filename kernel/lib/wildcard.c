/* SPDX-License-Identifier: MIT */
/* wildcard.c: patterns for names: * ? [a-z] [!a-z] and backslash. */
#include "lib/lib.h"

#include <linux/kernel.h>
#include <linux/string.h>

/* The "]" of the set behind @p (which stands behind its "["), or NULL: then "[" is a character. */
static const char *set_end(const char *p, const char *end)
{
	if (p < end && (*p == '!' || *p == '^'))
		p++;
	/* A "]" that comes first is a member. */
	for (p = p < end ? p + 1 : p; p < end; p++)
		if (*p == ']')
			return p;
	return NULL;
}

static bool in_set(const char *p, const char *end, char c)
{
	bool inverted = *p == '!' || *p == '^', found = false;

	p += inverted;
	while (p < end) {
		u8 first = (u8)*p++, last = first;

		if (p + 1 < end && *p == '-') {
			last = (u8)p[1];
			p += 2;
		}
		found |= first <= (u8)c && (u8)c <= last;
	}
	return found != inverted;
}

/* Whether the one-character pattern at *@p (no star) takes @c; moves *@p behind it. */
static bool take_one(const char **p, const char *end, char c)
{
	const char *s = (*p)++, *close;

	if (*s == '?')
		return true;
	if (*s == '[') {
		close = set_end(*p, end);
		if (close) {
			s = *p;
			*p = close + 1;
			return in_set(s, close, c);
		}
	}
	if (*s == '\\' && *p < end)
		s = (*p)++;
	return *s == c;
}

bool wildcard_match(const char *pattern, size_t len, const char *name)
{
	const char *p = pattern, *end = pattern + len;
	const char *star = NULL,
		   *retry = NULL; /* behind the last star; what it takes goes on here */

	while (*name || p < end) {
		if (p < end && *p == '*') {
			star = ++p;
			retry = name;
			continue;
		}
		if (*name && p < end && take_one(&p, end, *name)) {
			name++;
			continue;
		}
		if (!star || !*retry)
			return false;
		/* Let the star take one more: what stood before it need never be tried again. */
		p = star;
		name = ++retry;
	}
	return true;
}
