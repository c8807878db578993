/* SPDX-License-Identifier: MIT */
/* glob_match.c: patterns for file names: as for other names, but hidden files stay hidden. */
#include "shell/glob_match.h"

#include "lib/lib.h"

bool glob_match(const char *pattern, size_t len, const char *name)
{
	if (*name == '.' && (!len || (*pattern != '.' && *pattern != '\\')))
		return false;
	return wildcard_match(pattern, len, name);
}
