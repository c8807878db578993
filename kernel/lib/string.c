/* SPDX-License-Identifier: MIT */
/*
 * string.c: strings that end with a NUL. Characters compare as unsigned bytes, as C says.
 * barrier() keeps the compiler from seeing strlen() in strlen() and calling it.
 */
#include "lib/lib.h"

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/string.h>

size_t strlen(const char *s)
{
	size_t n = 0;

	while (s[n]) {
		n++;
		barrier();
	}
	return n;
}
EXPORT_SYMBOL(strlen);

/* Never reads beyond @max bytes, so @s need not end. */
size_t strnlen(const char *s, size_t max)
{
	size_t n = 0;

	while (n < max && s[n])
		n++;
	return n;
}
EXPORT_SYMBOL(strnlen);

/* Less, equal, greater: the sign of the first difference; the end of a string is the least. */
int strcmp(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return (u8)*a - (u8)*b;
}
EXPORT_SYMBOL(strcmp);

/* As strcmp(), but only the first @n characters count. */
int strncmp(const char *a, const char *b, size_t n)
{
	for (; n; n--, a++, b++)
		if (*a != *b || !*a)
			return (u8)*a - (u8)*b;
	return 0;
}
EXPORT_SYMBOL(strncmp);

/* As the two above, A and a being the same. */
int strcasecmp(const char *a, const char *b)
{
	while (*a && tolower((u8)*a) == tolower((u8)*b)) {
		a++;
		b++;
	}
	return tolower((u8)*a) - tolower((u8)*b);
}
EXPORT_SYMBOL(strcasecmp);

int strncasecmp(const char *a, const char *b, size_t n)
{
	for (; n; n--, a++, b++)
		if (tolower((u8)*a) != tolower((u8)*b) || !*a)
			return tolower((u8)*a) - tolower((u8)*b);
	return 0;
}
EXPORT_SYMBOL(strncasecmp);

/* The caller vouches for the room; where it cannot, strscpy() is the one to use. */
char *strcpy(char *dst, const char *src)
{
	memcpy(dst, src, strlen(src) + 1);
	return dst;
}
EXPORT_SYMBOL(strcpy);

/* C's: fills the rest of @dst with NULs, and leaves it without one when @src is too long. */
char *strncpy(char *dst, const char *src, size_t n)
{
	size_t len = strnlen(src, n);

	memcpy(dst, src, len);
	memset(dst + len, 0, n - len);
	return dst;
}
EXPORT_SYMBOL(strncpy);

char *strcat(char *dst, const char *src)
{
	strcpy(dst + strlen(dst), src);
	return dst;
}
EXPORT_SYMBOL(strcat);

/* At most @n characters of @src, and always a NUL behind them. */
char *strncat(char *dst, const char *src, size_t n)
{
	size_t old = strlen(dst), len = strnlen(src, n);

	memcpy(dst + old, src, len);
	dst[old + len] = '\0';
	return dst;
}
EXPORT_SYMBOL(strncat);

/* The NUL at the end counts as a character of @s, for this and the next. */
char *strchr(const char *s, int c)
{
	for (; *s != (char)c; s++)
		if (!*s)
			return NULL;
	return (char *)s;
}
EXPORT_SYMBOL(strchr);

char *strrchr(const char *s, int c)
{
	const char *found = NULL;

	do {
		if (*s == (char)c)
			found = s;
	} while (*s++);
	return (char *)found;
}
EXPORT_SYMBOL(strrchr);

/* The first occurrence; the empty string is found at once. */
char *strstr(const char *hay, const char *needle)
{
	size_t len = strlen(needle);

	if (!len)
		return (char *)hay;
	while ((hay = strchr(hay, *needle))) {
		if (!strncmp(hay, needle, len))
			return (char *)hay;
		hay++;
	}
	return NULL;
}
EXPORT_SYMBOL(strstr);

/* How many characters at the start of @s are in @accept ... */
size_t strspn(const char *s, const char *accept)
{
	size_t n = 0;

	while (s[n] && strchr(accept, s[n]))
		n++;
	return n;
}
EXPORT_SYMBOL(strspn);

/* ... and how many are not in @reject. */
size_t strcspn(const char *s, const char *reject)
{
	size_t n = 0;

	while (s[n] && !strchr(reject, s[n]))
		n++;
	return n;
}
EXPORT_SYMBOL(strcspn);

char *strpbrk(const char *s, const char *accept)
{
	s += strcspn(s, accept);
	return *s ? (char *)s : NULL;
}
EXPORT_SYMBOL(strpbrk);

/* Cuts the first word off *@s, which moves behind it; NULL once nothing is left. */
char *strsep(char **s, const char *delimiters)
{
	char *word = *s, *end;

	if (!word)
		return NULL;
	end = strpbrk(word, delimiters);
	if (end)
		*end++ = '\0';
	*s = end;
	return word;
}
EXPORT_SYMBOL(strsep);

/* Looks at no more of @src than fits: it may be long, or lack an end. */
ssize_t strscpy(char *dst, const char *src, size_t size)
{
	size_t len;

	if (!size)
		return -E2BIG;
	len = strnlen(src, size);
	if (len == size) {
		memcpy(dst, src, size - 1);
		dst[size - 1] = '\0';
		return -E2BIG;
	}
	memcpy(dst, src, len + 1);
	return (ssize_t)len;
}
EXPORT_SYMBOL(strscpy);

/* Its result is the length of @src, so all of @src is read, however little fits. */
size_t strlcpy(char *dst, const char *src, size_t size)
{
	size_t len = strlen(src), fits;

	if (size) {
		fits = len < size ? len : size - 1;
		memcpy(dst, src, fits);
		dst[fits] = '\0';
	}
	return len;
}
EXPORT_SYMBOL(strlcpy);

char *skip_spaces(const char *s)
{
	while (isspace((u8)*s))
		s++;
	return (char *)s;
}
EXPORT_SYMBOL(skip_spaces);

char *strim(char *s)
{
	size_t len = strlen(s);

	while (len && isspace((u8)s[len - 1]))
		len--;
	s[len] = '\0';
	return skip_spaces(s);
}
EXPORT_SYMBOL(strim);
