/* SPDX-License-Identifier: MIT */
/*
 * namespace.c: namespaces "module:a,b*", which EXPORT_SYMBOL_FOR_MODULES() makes: they list the
 * modules that may use the symbol, and nobody can import them. The loader has the same rules.
 */
#include "modpost.h"

#include <string.h>

#define PREFIX "module:"

bool namespace_is_list(const char *namespace)
{
	return !strncmp(namespace, PREFIX, strlen(PREFIX));
}

static char dash_to_underscore(char c)
{
	return c == '-' ? '_' : c;
}

/* Whether the @length characters at @pattern, with a `*` for any rest at most at the end, fit. */
static bool fits(const char *pattern, size_t length, const char *name)
{
	bool open = length && pattern[length - 1] == '*';

	if (open)
		length--;
	for (size_t i = 0; i < length; i++)
		if (!name[i] || dash_to_underscore(name[i]) != dash_to_underscore(pattern[i]))
			return false;
	return open || !name[length];
}

bool namespace_lists(const char *namespace, const char *module)
{
	const char *rest = namespace + strlen(PREFIX);
	size_t length;

	for (;; rest += length + 1) {
		length = strcspn(rest, ",");
		if (fits(rest, length, module))
			return true;
		if (!rest[length])
			return false;
	}
}
