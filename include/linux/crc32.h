/* SPDX-License-Identifier: MIT */
/* crc32.h: the checksum of Ethernet, gzip and many others: polynomial 0x04c11db7, bits reflected. */
#ifndef _LINUX_CRC32_H
#define _LINUX_CRC32_H

#include <linux/types.h>

/*
 * Continues @crc with @len bytes. Start with ~0 and invert the result to have what gzip and zlib
 * call a CRC32: ~crc32_le(~0, p, len).
 */
u32 crc32_le(u32 crc, const void *p, size_t len);

#endif
