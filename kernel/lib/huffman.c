/* SPDX-License-Identifier: MIT */
/*
 * huffman.c: prefix codes, as deflate has them (RFC 1951; section numbers are that RFC's): made from
 * nothing but the lengths of the codes, and read bit by bit.
 *
 * Codes of one length are consecutive numbers, so no tree is built: a code of n bits is one of
 * length n exactly if it is less than count[n] behind first[n]. That costs a step for each bit, and
 * no memory but the symbols themselves. Pure; all input is hostile.
 */
#include "lib/huffman.h"

#include <linux/errno.h>
#include <linux/string.h>

int bits_take(struct bits *bits, unsigned int n)
{
	u32 value;

	while (bits->count < n) {
		if (bits->in == bits->in_end)
			return -ENODATA;
		bits->held |= (u32)*bits->in++ << bits->count;
		bits->count += 8;
	}
	value = bits->held & ((1U << n) - 1);
	bits->held >>= n;
	bits->count -= n;
	return (int)value;
}

int huffman_make(struct huffman *code, const u8 *lengths, unsigned int n, bool may_be_one)
{
	u16 next[HUFFMAN_BITS_MAX + 1];
	unsigned int length, used = 0, first = 0, i;
	int left = 1;

	memset(code, 0, sizeof(*code));
	for (i = 0; i < n; i++)
		code->count[lengths[i]]++;
	code->count[0] = 0;
	for (length = 1; length <= HUFFMAN_BITS_MAX; length++) {
		left = left * 2 - code->count[length];
		if (left < 0)
			return -EINVAL;
		first = (first + code->count[length - 1]) << 1;
		code->first[length] = (u16)first;
		code->index[length] = next[length] = (u16)used;
		used += code->count[length];
	}
	if (left && used && !(may_be_one && used == 1 && code->count[1] == 1))
		return -EINVAL;
	for (i = 0; i < n; i++)
		if (lengths[i])
			code->symbols[next[lengths[i]]++] = (u16)i;
	return 0;
}

int huffman_decode(struct bits *bits, const struct huffman *code)
{
	unsigned int value = 0, length;
	int bit;

	for (length = 1; length <= HUFFMAN_BITS_MAX; length++) {
		bit = bits_take(bits, 1);
		if (bit < 0)
			return bit;
		value = value << 1 | (unsigned int)bit;
		/* Never below the first: shorter codes took all that is smaller. */
		if (value - code->first[length] < code->count[length])
			return code->symbols[code->index[length] + value - code->first[length]];
	}
	return -EINVAL;
}
