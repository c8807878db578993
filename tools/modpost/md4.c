/* SPDX-License-Identifier: MIT */
/*
 * md4.c: see md4.h. Names and step order are those of RFC 1320, section 3.4. Nobody should trust this
 * sum any more, and nobody does: a srcversion tells sources apart, it does not vouch for them.
 */
#include "md4.h"

#include <stdio.h>
#include <string.h>

static uint32_t rotate(uint32_t x, int bits)
{
	return x << bits | x >> (32 - bits);
}

/* F, G and H of the RFC, the round's constant added. */
static uint32_t mix(int round, uint32_t x, uint32_t y, uint32_t z)
{
	switch (round) {
	case 0:
		return (x & y) | (~x & z);
	case 1:
		return ((x & y) | (x & z) | (y & z)) + 0x5a827999;
	default:
		return (x ^ y ^ z) + 0x6ed9eba1;
	}
}

static void digest_block(struct md4 *md4)
{
	/* Which word of the block each step takes, and how far it turns the sum. */
	static const unsigned char word[3][16] = {
		{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
		{0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15},
		{0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15},
	};
	static const unsigned char turn[3][4] = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};
	uint32_t x[16], s[4];

	for (int i = 0; i < 16; i++)
		/* Byte by byte: the lowest first, whatever machine this runs on. */
		x[i] = (uint32_t)md4->block[4 * i] | (uint32_t)md4->block[4 * i + 1] << 8 |
		       (uint32_t)md4->block[4 * i + 2] << 16 |
		       (uint32_t)md4->block[4 * i + 3] << 24;
	memcpy(s, md4->state, sizeof(s));
	for (int step = 0; step < 48; step++) {
		int round = step / 16, i = step % 16;
		/* The four words take turns: a, d, c, b. */
		uint32_t *a = &s[(4 - i % 4) % 4];
		uint32_t b = s[(5 - i % 4) % 4], c = s[(6 - i % 4) % 4], d = s[(7 - i % 4) % 4];

		*a = rotate(*a + mix(round, b, c, d) + x[word[round][i]], turn[round][i % 4]);
	}
	for (int i = 0; i < 4; i++)
		md4->state[i] += s[i];
}

/* RFC 1320, section 3.3: these four words come out as 01 23 45 67 89 ... in memory. */
void md4_start(struct md4 *md4)
{
	*md4 = (struct md4){.state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}};
}

void md4_add(struct md4 *md4, const void *bytes, size_t length)
{
	const unsigned char *p = bytes;

	for (; length; length--) {
		md4->block[md4->length++ % 64] = *p++;
		if (md4->length % 64 == 0)
			digest_block(md4);
	}
}

void md4_finish(struct md4 *md4, char hex[MD4_HEX_SIZE])
{
	uint64_t bits = md4->length * 8;
	unsigned char size[8];

	/* The length in bits is that of the text alone: taken before the padding is added. */
	for (int i = 0; i < 8; i++)
		size[i] = (unsigned char)(bits >> 8 * i);
	md4_add(md4, "\x80", 1);
	while (md4->length % 64 != 56)
		md4_add(md4, "", 1);
	md4_add(md4, size, sizeof(size));
	for (int i = 0; i < 4; i++)
		snprintf(hex + 8 * i, 9, "%08X", md4->state[i]);
}
