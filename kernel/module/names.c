/* SPDX-License-Identifier: MIT */
/* names.c: when two names are the same: as on Linux, `-` and `_` do not differ. */
#include "module/load.h"
#include "module/registry.h"

#include <linux/limits.h>

static char dash_to_underscore(char c)
{
	return c == '-' ? '_' : c;
}

bool same_name_part(const char *a, const char *b, size_t len)
{
	for (; len && dash_to_underscore(*a) == dash_to_underscore(*b); a++, b++, len--)
		if (!*a)
			return true;
	return len == 0;
}

bool same_name(const char *a, const char *b)
{
	return same_name_part(a, b, SIZE_MAX);
}
