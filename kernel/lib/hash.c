/* SPDX-License-Identifier: MIT */
/* hash.c: FNV-1a: each byte is mixed in with one exclusive-or and one multiplication. */
#include "lib/lib.h"

#define FNV_OFFSET 0x811c9dc5U
#define FNV_PRIME  0x01000193U

u32 hash_bytes(const void *data, size_t len)
{
	const u8 *p = data;
	u32 h = FNV_OFFSET;

	for (size_t i = 0; i < len; i++)
		h = (h ^ p[i]) * FNV_PRIME;
	return h;
}

u32 hash_string(const char *s)
{
	u32 h = FNV_OFFSET;

	for (; *s; s++)
		h = (h ^ (u8)*s) * FNV_PRIME;
	return h;
}
