/* SPDX-License-Identifier: MIT */
/* md4.h: the MD4 message digest, RFC 1320. Good to tell versions apart, not to keep secrets. */
#ifndef MODPOST_MD4_H
#define MODPOST_MD4_H

#include <stddef.h>
#include <stdint.h>

#define MD4_HEX_SIZE 33 /* 32 digits and a NUL */

struct md4 {
	uint32_t state[4];
	uint64_t length; /* bytes so far */
	unsigned char block[64];
};

void md4_start(struct md4 *md4);
void md4_add(struct md4 *md4, const void *bytes, size_t length);
/* Writes the digest in upper-case hexadecimal, most significant digit of each word first. */
void md4_finish(struct md4 *md4, char hex[MD4_HEX_SIZE]);

#endif
