/* SPDX-License-Identifier: MIT */
/*
 * lib.h: pure C that the rest of the kernel stands on: no hardware, no allocation, no globals.
 * All of it is also compiled for the host, where tests/host runs it under the sanitizers.
 * (Strings, formatting and number parsing are promised to modules too: include/linux.)
 */
#ifndef KOAN_LIB_H
#define KOAN_LIB_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/bsearch.h>
#include <linux/sort.h>

/* --- errno.c --- */

/* The sentence for @err (0, positive or negative): "No such file or directory"; never NULL. */
const char *errno_text(int err);

/* --- sort.c: promised to modules, too: <linux/sort.h>, <linux/bsearch.h> --- */

/* --- hash.c --- */

/* FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
u32 hash_string(const char *s);
u32 hash_bytes(const void *data, size_t len);

/* --- wildcard.c --- */

/*
 * Whether @name, all of it, is what the first @len bytes of @pattern describe: * ? [a-z] [!a-z] and
 * backslash. Takes no more than O(pattern * name) steps.
 */
bool wildcard_match(const char *pattern, size_t len, const char *name);

/* --- cmdline.c: the kernel command line --- */

/*
 * Finds "name=value" (or a bare "name": then the value is empty) among the blank-separated words of
 * @cmdline; the last one wins. Copies the value into @value, cut to @size. Returns its length,
 * -ENOENT when the word is absent, -E2BIG when it had to cut.
 */
__must_check int cmdline_get(const char *cmdline, const char *name, char *value, size_t size);

#endif
