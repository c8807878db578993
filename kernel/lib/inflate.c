/* SPDX-License-Identifier: MIT */
/*
 * inflate.c: unpacks what gzip, zip and PNG pack: deflate, RFC 1951. Section numbers are that RFC's.
 *
 * Such data is a row of blocks. A block holds bytes as they are, or symbols in a prefix code: frequent
 * ones have few bits, rare ones many. A symbol is a byte, or says "copy so many bytes from so far
 * back"; that is all there is to it. Codes are fixed, or the block begins with a description of
 * its own.
 *
 * Input is hostile: each bit that is asked for may be missing, each code may be none, each copy may
 * begin before the beginning or end behind the end. What is refused here is what zlib refuses.
 * Nothing is allocated; the work space is about 1.5 KiB of stack.
 */
#include "lib/lib.h"
#include "lib/huffman.h"

#include <linux/errno.h>
#include <linux/string.h>

#define LITERALS	HUFFMAN_SYMBOLS_MAX /* the last two are never used */
#define LITERALS_USED	286
#define DISTANCES	32 /* likewise */
#define DISTANCES_USED	30
#define LENGTH_CODES	19 /* 3.2.7: the code in which the lengths of codes are written */
#define END_OF_BLOCK	256
#define LENGTH_LONGEST	285
#define BLOCK_KIND_BITS 2

/* 3.2.3 */
enum block_kind { BLOCK_STORED, BLOCK_FIXED, BLOCK_DYNAMIC };

struct stream {
	struct bits from;
	u8 *out_start, *out, *out_end;
};

static int put(struct stream *s, u8 byte)
{
	if (s->out == s->out_end)
		return -ENOSPC;
	*s->out++ = byte;
	return 0;
}

/* --- symbols: 3.2.5 --- */

/* How many bytes to copy. Groups of four symbols have one more bit behind them each. */
static int take_length(struct stream *s, unsigned int symbol)
{
	unsigned int i = symbol - END_OF_BLOCK - 1, extra;
	int more;

	if (symbol == LENGTH_LONGEST)
		return 258;
	if (i < 4)
		return 3 + (int)i;
	extra = i / 4 - 1;
	more = bits_take(&s->from, extra);
	return more < 0 ? more : 3 + (int)((4 + i % 4) << extra) + more;
}

/* From how far back. Here it is groups of two. */
static int take_distance(struct stream *s, const struct huffman *code)
{
	int symbol = huffman_decode(&s->from, code), more;
	unsigned int extra;

	if (symbol < 0)
		return symbol;
	if (symbol >= DISTANCES_USED)
		return -EINVAL;
	if (symbol < 2)
		return 1 + symbol;
	extra = (unsigned int)symbol / 2 - 1;
	more = bits_take(&s->from, extra);
	return more < 0 ? more : 1 + ((2 + symbol % 2) << extra) + more;
}

/* Byte by byte: what is copied may begin in what was just written. */
static int copy(struct stream *s, unsigned int symbol, const struct huffman *distances)
{
	int length = take_length(s, symbol), distance, err = 0;

	if (length < 0)
		return length;
	distance = take_distance(s, distances);
	if (distance < 0)
		return distance;
	if (distance > s->out - s->out_start)
		return -EINVAL;
	while (length-- && !err)
		err = put(s, s->out[-distance]);
	return err;
}

static int unpack_symbols(struct stream *s, const struct huffman *literals,
			  const struct huffman *distances)
{
	int symbol, err;

	for (;;) {
		symbol = huffman_decode(&s->from, literals);
		if (symbol < 0)
			return symbol;
		if (symbol == END_OF_BLOCK)
			return 0;
		if (symbol >= LITERALS_USED)
			return -EINVAL;
		err = symbol < END_OF_BLOCK ? put(s, (u8)symbol)
					    : copy(s, (unsigned int)symbol, distances);
		if (err)
			return err;
	}
}

/* --- blocks --- */

/* 3.2.4: from the next whole byte on, the length, its complement, the bytes. */
static int unpack_stored(struct stream *s)
{
	int length, complement;
	size_t n;

	s->from.held = s->from.count = 0;
	length = bits_take(&s->from, 16);
	complement = bits_take(&s->from, 16);
	if (length < 0 || complement < 0)
		return -ENODATA;
	if ((length ^ complement) != 0xffff)
		return -EINVAL;
	n = (size_t)length;
	if (n > (size_t)(s->from.in_end - s->from.in))
		return -ENODATA;
	if (n > (size_t)(s->out_end - s->out))
		return -ENOSPC;
	memcpy(s->out, s->from.in, n);
	s->from.in += n;
	s->out += n;
	return 0;
}

/* 3.2.6 */
static int unpack_fixed(struct stream *s)
{
	struct huffman literals, distances;
	u8 lengths[LITERALS];
	int err;

	memset(lengths, 8, LITERALS);
	memset(lengths + 144, 9, 256 - 144);
	memset(lengths + 256, 7, 280 - 256);
	err = huffman_make(&literals, lengths, LITERALS, false);
	memset(lengths, 5, DISTANCES);
	err = err ?: huffman_make(&distances, lengths, DISTANCES, false);
	return err ?: unpack_symbols(s, &literals, &distances);
}

/*
 * 3.2.7: the lengths of both codes in one row of @n. 0 to 15 is a length; 16 repeats the one
 * before; 17 and 18 stand for several zeros.
 */
static int take_lengths(struct stream *s, const struct huffman *code, u8 *lengths, unsigned int n)
{
	static const struct {
		u8 bits, least;
	} repeats[] = {{2, 3}, {3, 3}, {7, 11}};
	unsigned int i = 0, times;
	int symbol, more;

	while (i < n) {
		symbol = huffman_decode(&s->from, code);
		if (symbol < 0)
			return symbol;
		if (symbol <= HUFFMAN_BITS_MAX) {
			lengths[i++] = (u8)symbol;
			continue;
		}
		more = bits_take(&s->from, repeats[symbol - 16].bits);
		if (more < 0)
			return more;
		times = repeats[symbol - 16].least + (unsigned int)more;
		if (times > n - i || (symbol == 16 && i == 0))
			return -EINVAL;
		memset(lengths + i, symbol == 16 ? lengths[i - 1] : 0, times);
		i += times;
	}
	return 0;
}

/* The code for those lengths: its own have three bits each, the likely ones first. */
static int take_length_code(struct stream *s, struct huffman *code, unsigned int n)
{
	static const u8 order[LENGTH_CODES] = {16, 17, 18, 0, 8,  7, 9,	 6, 10, 5,
					       11, 4,  12, 3, 13, 2, 14, 1, 15};
	u8 lengths[LENGTH_CODES] = {0};
	unsigned int i;
	int length;

	for (i = 0; i < n; i++) {
		length = bits_take(&s->from, 3);
		if (length < 0)
			return length;
		lengths[order[i]] = (u8)length;
	}
	return huffman_make(code, lengths, LENGTH_CODES, false);
}

static int unpack_dynamic(struct stream *s)
{
	int literal_count = bits_take(&s->from, 5), distance_count = bits_take(&s->from, 5),
	    length_count = bits_take(&s->from, 4);
	u8 lengths[LITERALS + DISTANCES];
	struct huffman literals, distances;
	unsigned int n;
	int err;

	if (literal_count < 0 || distance_count < 0 || length_count < 0)
		return -ENODATA;
	literal_count += 257;
	distance_count += 1;
	if (literal_count > LITERALS_USED || distance_count > DISTANCES_USED)
		return -EINVAL;
	n = (unsigned int)(literal_count + distance_count);
	err = take_length_code(s, &literals, (unsigned int)length_count + 4);
	err = err ?: take_lengths(s, &literals, lengths, n);
	/* Without an end the block would have none. */
	if (!err && !lengths[END_OF_BLOCK])
		err = -EINVAL;
	err = err ?: huffman_make(&literals, lengths, (unsigned int)literal_count, true);
	err = err
		      ?: huffman_make(&distances, lengths + literal_count,
				      (unsigned int)distance_count, true);
	return err ?: unpack_symbols(s, &literals, &distances);
}

static int unpack_block(struct stream *s)
{
	switch (bits_take(&s->from, BLOCK_KIND_BITS)) {
	case BLOCK_STORED:
		return unpack_stored(s);
	case BLOCK_FIXED:
		return unpack_fixed(s);
	case BLOCK_DYNAMIC:
		return unpack_dynamic(s);
	case -ENODATA:
		return -ENODATA;
	default:
		return -EINVAL;
	}
}

int inflate_raw(const void *in, size_t *in_len, void *out, size_t *out_len)
{
	struct stream s = {.from.in = in, .out_start = out, .out = out};
	int last, err;

	s.from.in_end = s.from.in + *in_len;
	s.out_end = s.out + *out_len;
	do {
		last = bits_take(&s.from, 1);
		err = last < 0 ? last : unpack_block(&s);
	} while (!err && !last);
	*in_len -= (size_t)(s.from.in_end - s.from.in);
	*out_len -= (size_t)(s.out_end - s.out);
	return err;
}
