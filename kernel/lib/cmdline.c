/* SPDX-License-Identifier: MIT */
/* cmdline.c: options on the kernel command line. */
#include "lib/lib.h"

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/string.h>

/* Up to the next blank: the command line has no quotes. */
static size_t word_length(const char *s)
{
	size_t n = 0;

	while (s[n] && !isspace((u8)s[n]))
		n++;
	return n;
}

/* The value in the @len characters at @word: behind "name=", or the end of a bare "name". */
static const char *value_in_word(const char *word, size_t len, const char *name)
{
	size_t name_len = strlen(name);

	if (!name_len || len < name_len || memcmp(word, name, name_len))
		return NULL;
	if (len == name_len)
		return word + len;
	return word[name_len] == '=' ? word + name_len + 1 : NULL;
}

int cmdline_get(const char *cmdline, const char *name, char *value, size_t size)
{
	const char *found = NULL;
	size_t found_len = 0, len, fits;

	for (const char *word = skip_spaces(cmdline); *word; word = skip_spaces(word + len)) {
		const char *v;

		len = word_length(word);
		v = value_in_word(word, len, name);
		if (v) {
			found = v;
			found_len = (size_t)(word + len - v);
		}
	}
	if (!found)
		return -ENOENT;
	if (size) {
		fits = found_len < size ? found_len : size - 1;
		memcpy(value, found, fits);
		value[fits] = '\0';
	}
	return found_len < size && found_len <= INT_MAX ? (int)found_len : -E2BIG;
}
