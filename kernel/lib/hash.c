/* SPDX-License-Identifier: MIT */
/* hash.c: FNV-1a: each byte is mixed in with one exclusive-or and one multiplication. */
#include "lib/lib.h"

#define FNV_OFFSET 0x811c9dc5U
#define FNV_PRIME  0x01000193U

u32 hash_string(const char *s)
{
	u32 h = FNV_OFFSET;

	for (; *s; s++)
		h = (h ^ (u8)*s) * FNV_PRIME;
	return h;
}
