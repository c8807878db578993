/* SPDX-License-Identifier: MIT */
/*
 * crc.h: the CRC-32 of ISO 3309, IEEE 802.3 and zlib: polynomial 0xedb88320 (bits reflected),
 * starting from and finally turned over by 0xffffffff. Linux's genksyms and gendwarfksyms use it.
 *
 * A CRC is a remainder of polynomials, so that of two texts one behind the other follows from
 * those of the two: crc(ab) = crc(a) * x^(8 * length of b) + crc(b). A type that 10,000 exports
 * reach is therefore read once.
 */
#ifndef SYMTYPES_CRC_H
#define SYMTYPES_CRC_H

#include <stddef.h>
#include <stdint.h>

uint32_t crc_of(const void *bytes, size_t length);
/* x^(8 * length): what a text of that length does to the CRC of those before it. */
uint32_t crc_shift(size_t length);
/* The CRC of two texts: @first's, @second's, and @second's shift. */
uint32_t crc_join(uint32_t first, uint32_t second, uint32_t second_shift);

#endif
