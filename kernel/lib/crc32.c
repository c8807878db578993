/* SPDX-License-Identifier: MIT */
/*
 * crc32.c: the CRC of ISO 3309, as RFC 1952 (section 8) describes it for gzip: the remainder of a
 * division of polynomials over bits, four bits at a step. A table of 16 is small enough to be looked
 * at; one of 256 would be twice as fast.
 */
#include "lib/lib.h"

#include <linux/crc32.h>
#include <linux/export.h>

#define STEP_BITS 4

/* The remainder of each four bits alone. The polynomial itself, reflected, is in row 8. */
static const u32 remainder[1 << STEP_BITS] = {
	0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
	0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
	0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
};

static u32 step(u32 crc)
{
	return (crc >> STEP_BITS) ^ remainder[crc & ((1 << STEP_BITS) - 1)];
}

u32 crc32_le(u32 crc, const void *p, size_t len)
{
	const u8 *byte = p;

	/* The low half of a byte comes first: so it is when bits are reflected. */
	for (; len--; byte++)
		crc = step(step(crc ^ *byte));
	return crc;
}
EXPORT_SYMBOL(crc32_le);
