/* SPDX-License-Identifier: MIT */
/* glob_match.h: patterns for file names: * ? [a-z] [!a-z] and backslash. Pure. */
#ifndef KOAN_SHELL_GLOB_MATCH_H
#define KOAN_SHELL_GLOB_MATCH_H

#include <linux/types.h>
#include <linux/compiler.h>

/*
 * Whether @name, all of it, is what the first @len bytes of @pattern describe. A dot at the start
 * of a name must be matched by a dot. Takes no more than O(pattern * name) steps.
 */
bool glob_match(const char *pattern, size_t len, const char *name);

#endif
