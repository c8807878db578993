/* SPDX-License-Identifier: MIT */
/*
 * lib.h: pure C that the rest of the kernel stands on: no hardware, no allocation, no globals (but
 * for two functions that are handed down: set_symbol_format() and set_pointer_secret()).
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

/* --- format.c --- */

/*
 * From now on %pS, %ps and %pB print what @format writes. It gets a @buffer of KSYM_SYMBOL_LEN bytes
 * and, as @how, the letter S, s or B; it returns the length, and must not need memory. Before that
 * they print the address.
 */
void set_symbol_format(int (*format)(char *buffer, unsigned long address, char how));
/* Whether %pK prints zeros says @is_secret(), each time. NULL, as at first: it prints the address. */
void set_pointer_secret(bool (*is_secret)(void));

/* --- sort.c: promised to modules, too: <linux/sort.h>, <linux/bsearch.h> --- */

/* --- hash.c --- */

/* FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
u32 hash_string(const char *s);

/* --- resembles.c --- */

/* @a becomes @b by leaving out, adding, changing or swapping at most @edits characters. */
bool resembles(const char *a, const char *b, unsigned int edits);

/* --- wildcard.c --- */

/*
 * Whether @name, all of it, is what the first @len bytes of @pattern describe: * ? [a-z] [!a-z] and
 * backslash. Takes no more than O(pattern * name) steps.
 */
bool wildcard_match(const char *pattern, size_t len, const char *name);

/* --- inflate.c, gzip.c: compressed bytes --- */

/*
 * Unpacks the deflate stream (RFC 1951) that begins at @in, of at most *@in_len bytes, into the
 * *@out_len bytes at @out. Sets both to what was read and written. 0; -EINVAL: it is damaged;
 * -ENODATA: it goes on behind the input; -ENOSPC: it goes on behind the room.
 */
__must_check int inflate_raw(const void *in, size_t *in_len, void *out, size_t *out_len);

/* What a gzip file (RFC 1952) says about itself. */
struct gzip {
	const void *stream; /* in the file: deflate */
	size_t stream_len;
	u32 crc;  /* of what was packed */
	u32 size; /* of that, in bytes */
};

/*
 * Takes a file of one packed file apart. 0; -EINVAL: it does not begin as gzip does; -ENODATA: it
 * is too short for that; -E2BIG: no stream of that length unpacks to that size.
 */
__must_check int gzip_open(const void *file, size_t len, struct gzip *gz);
/*
 * Unpacks it to @out, which has room for gz->size bytes. 0, what inflate_raw() returns, -ENODATA and
 * -ENOSPC also when the size is not as was said, or -EBADMSG: the checksum differs.
 */
__must_check int gzip_unpack(const struct gzip *gz, void *out);

/* --- cmdline.c: the kernel command line --- */

/*
 * Finds "name=value" (or a bare "name": then the value is empty) among the blank-separated words of
 * @cmdline; the last one wins. Copies the value into @value, cut to @size. Returns its length,
 * -ENOENT when the word is absent, -E2BIG when it had to cut.
 */
__must_check int cmdline_get(const char *cmdline, const char *name, char *value, size_t size);

#endif
