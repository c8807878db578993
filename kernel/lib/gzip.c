/* SPDX-License-Identifier: MIT */
/*
 * gzip.c: the file format around deflate, RFC 1952: a header with a name and the like, which nobody
 * needs here, the packed bytes, their checksum and their size before they were packed. The size is
 * known before anything is unpacked, so whoever asks can take memory once, and a small file that
 * pretends to be a large one is seen by the size it claims.
 *
 * A second packed file behind the first, which the format allows, is taken for damage: modules are
 * made one a file.
 */
#include "lib/lib.h"

#include <linux/crc32.h>
#include <linux/errno.h>
#include <linux/string.h>

#define HEADER_SIZE  10 /* 2.3: magic, method, flags, time, how hard it tried, where */
#define TRAILER_SIZE 8	/* checksum, size */
#define FLAGS_AT     3
#define DEFLATE	     8 /* 2.3.1: the one method there is */

/* 2.3.1. A flag says that there is one more field, in this order. */
enum { FLAG_TEXT = 1, FLAG_HEADER_CRC = 2, FLAG_EXTRA = 4, FLAG_NAME = 8, FLAG_COMMENT = 16 };

/* One bit for a copy of 258 bytes and another one for where from: deflate packs no better. */
#define RATIO_MAX 1032

static u32 get32(const u8 *at)
{
	return (u32)at[0] | (u32)at[1] << 8 | (u32)at[2] << 16 | (u32)at[3] << 24;
}

/* Behind the string at @at; NULL when it does not end before @end. */
static const u8 *skip_string(const u8 *at, const u8 *end)
{
	const u8 *nul = memchr(at, '\0', (size_t)(end - at));

	return nul ? nul + 1 : NULL;
}

/* Behind two bytes of length and as many bytes. */
static const u8 *skip_extra(const u8 *at, const u8 *end)
{
	size_t len;

	if (end - at < 2)
		return NULL;
	len = (size_t)(at[0] | at[1] << 8);
	return len <= (size_t)(end - at - 2) ? at + 2 + len : NULL;
}

/* Behind the header's fields; NULL when they do not end before @end. */
static const u8 *skip_fields(const u8 *at, const u8 *end, unsigned int flags)
{
	if (flags & FLAG_EXTRA)
		at = skip_extra(at, end);
	if (at && flags & FLAG_NAME)
		at = skip_string(at, end);
	if (at && flags & FLAG_COMMENT)
		at = skip_string(at, end);
	if (at && flags & FLAG_HEADER_CRC)
		at = end - at >= 2 ? at + 2 : NULL;
	return at;
}

int gzip_open(const void *file, size_t len, struct gzip *gz)
{
	static const u8 magic[] = {0x1f, 0x8b, DEFLATE};
	const u8 *at = file, *end;

	if (len < sizeof(magic) || memcmp(at, magic, sizeof(magic)) != 0)
		return -EINVAL;
	if (len < HEADER_SIZE + TRAILER_SIZE)
		return -ENODATA;
	/* 2.3.1.2: flags that nobody knows may stand for fields that nobody knows. */
	if (at[FLAGS_AT] & ~(FLAG_TEXT | FLAG_HEADER_CRC | FLAG_EXTRA | FLAG_NAME | FLAG_COMMENT))
		return -EINVAL;
	end = at + len - TRAILER_SIZE;
	at = skip_fields(at + HEADER_SIZE, end, at[FLAGS_AT]);
	if (!at)
		return -ENODATA;
	*gz = (struct gzip){.stream = at,
			    .stream_len = (size_t)(end - at),
			    .crc = get32(end),
			    .size = get32(end + 4)};
	return gz->size / RATIO_MAX > gz->stream_len ? -E2BIG : 0;
}

int gzip_unpack(const struct gzip *gz, void *out)
{
	size_t read = gz->stream_len, written = gz->size;
	int err = inflate_raw(gz->stream, &read, out, &written);

	if (err)
		return err;
	if (written != gz->size)
		return -ENODATA;
	if (read != gz->stream_len)
		return -ENOSPC;
	return ~crc32_le(~(u32)0, out, written) == gz->crc ? 0 : -EBADMSG;
}
