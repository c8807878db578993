/* SPDX-License-Identifier: MIT */
/*
 * huffman.h: the bits of a packed file, and the prefix codes in them; for inflate.c. (RFC 1951, whose
 * section numbers these are.) Nothing is allocated.
 */
#ifndef KOAN_HUFFMAN_H
#define KOAN_HUFFMAN_H

#include <linux/types.h>
#include <linux/compiler.h>

#define HUFFMAN_BITS_MAX    15	/* 3.2.7: no code is longer */
#define HUFFMAN_SYMBOLS_MAX 288 /* 3.2.5: bytes, the end, lengths */

/* [in, in_end) is what has not been read; it is the caller's. */
struct bits {
	const u8 *in, *in_end;
	u32 held; /* taken from the input, not used yet: less than 8 between two calls */
	unsigned int count;
};

/*
 * A prefix code. Codes of one length are consecutive numbers, given to symbols in their order
 * (3.2.2), so that three numbers a length and the sorted symbols say all.
 */
struct huffman {
	u16 first[HUFFMAN_BITS_MAX + 1]; /* the first code of that length */
	u16 count[HUFFMAN_BITS_MAX + 1]; /* how many there are */
	u16 index[HUFFMAN_BITS_MAX + 1]; /* where their symbols begin */
	u16 symbols[HUFFMAN_SYMBOLS_MAX];
};

/* The next @n bits (at most 16), the first one lowest (3.1.1); -ENODATA when the input ends. */
__must_check int bits_take(struct bits *bits, unsigned int n);

/*
 * Makes the code whose symbol i has @lengths[i] bits, 0: is not in use. More codes than there can
 * be are refused; so are fewer, which would leave bits without meaning. But there may be none at
 * all, as long as nobody needs one, and with @may_be_one a single one of one bit (3.2.7). -EINVAL.
 */
__must_check int huffman_make(struct huffman *code, const u8 *lengths, unsigned int n,
			      bool may_be_one);
/* The symbol of the next code; -ENODATA, or -EINVAL when these bits are no code. */
__must_check int huffman_decode(struct bits *bits, const struct huffman *code);

#endif
