/* SPDX-License-Identifier: MIT */
/*
 * pairs.c: byte-pair encoding. At first every character is a code. Then, again and again, the
 * two codes that stand side by side most often become one new code, until there are no codes left
 * or a new one would not pay for its own text. (Philip Gage, "A New Algorithm for Data
 * Compression", The C Users Journal, February 1994.)
 *
 * No code reaches beyond the end of a name. A type letter is another character than the same letter
 * in a name, so it tells where a name ends, and needs no byte of its own when a pair contains it.
 */
#include "kallsyms.h"

#include <stdlib.h>
#include <string.h>

/* What a code costs: its text's word. A pair found so often or less saves nothing. */
#define CODE_SIZE 8

static bool is_type(const char *text, size_t i)
{
	return !text[i + 1];
}

static void add_character(struct codes *codes, char character, bool ends)
{
	struct code *code = &codes->list[codes->count++];

	*code = (struct code){.text = {character}, .len = 1, .ends = ends};
}

/* One code for each character and each type letter that occurs, and the text in these codes. */
static struct stream encode_characters(const char *text, size_t len, struct codes *codes)
{
	static unsigned int code_of[2][CODES];
	struct stream stream = {allocate(len, 1), 0};
	bool seen[2][CODES] = {{false}};

	for (size_t i = 0; i < len; i++)
		if (text[i])
			seen[is_type(text, i)][(unsigned char)text[i]] = true;
	for (int type = 0; type < 2; type++) {
		for (unsigned int c = 0; c < CODES; c++) {
			code_of[type][c] = codes->count;
			if (seen[type][c])
				add_character(codes, (char)c, type);
		}
	}
	for (size_t i = 0; i < len; i++)
		if (text[i])
			stream.bytes[stream.len++] =
				(uint8_t)code_of[is_type(text, i)][(unsigned char)text[i]];
	return stream;
}

/* In "aaa" there is one pair "aa" to replace, not two. */
static bool is_overlap(const struct stream *stream, size_t i)
{
	return i + 2 < stream->len && stream->bytes[i] == stream->bytes[i + 1] &&
	       stream->bytes[i] == stream->bytes[i + 2];
}

static void count_pairs(const struct stream *stream, const struct codes *codes,
			size_t times[CODES][CODES])
{
	memset(times, 0, CODES * sizeof(times[0]));
	for (size_t i = 0; i + 1 < stream->len; i++) {
		if (codes->list[stream->bytes[i]].ends)
			continue;
		times[stream->bytes[i]][stream->bytes[i + 1]]++;
		if (is_overlap(stream, i))
			i++;
	}
}

/* The pair found most often, of several the one with the lowest codes; false: none pays. */
static bool find_best(const struct codes *codes, size_t times[CODES][CODES], struct code *best)
{
	*best = (struct code){.times = 0};
	for (unsigned int left = 0; left < codes->count; left++) {
		for (unsigned int right = 0; right < codes->count; right++) {
			size_t len = codes->list[left].len + codes->list[right].len;

			if (times[left][right] <= best->times || len > TEXT_MAX ||
			    times[left][right] <= CODE_SIZE)
				continue;
			*best = (struct code){.left = left,
					      .right = right,
					      .len = len,
					      .times = times[left][right],
					      .ends = codes->list[right].ends};
		}
	}
	return best->times;
}

static void replace_pair(struct stream *stream, const struct code *pair, unsigned int code)
{
	size_t to = 0;

	for (size_t i = 0; i < stream->len; i++) {
		bool found = i + 1 < stream->len && stream->bytes[i] == pair->left &&
			     stream->bytes[i + 1] == pair->right;

		stream->bytes[to++] = found ? (uint8_t)code : stream->bytes[i];
		if (found)
			i++;
	}
	stream->len = to;
}

static void join_pairs(struct stream *stream, struct codes *codes)
{
	static size_t times[CODES][CODES];
	struct code best;

	while (codes->count < CODES) {
		count_pairs(stream, codes, times);
		if (!find_best(codes, times, &best))
			return;
		memcpy(best.text, codes->list[best.left].text, codes->list[best.left].len);
		memcpy(best.text + codes->list[best.left].len, codes->list[best.right].text,
		       codes->list[best.right].len);
		replace_pair(stream, &best, codes->count);
		codes->list[codes->count++] = best;
	}
}

/* Gives the codes that end a name the highest numbers; otherwise they stay in order. */
static void renumber(struct stream *stream, struct codes *codes)
{
	static struct code list[CODES];
	unsigned int next = 0;

	memcpy(list, codes->list, sizeof(list));
	for (int ends = 0; ends < 2; ends++) {
		if (ends)
			codes->first_end = next;
		for (unsigned int i = 0; i < codes->count; i++)
			if (list[i].ends == ends)
				codes->made[i] = next++;
	}
	for (unsigned int i = 0; i < codes->count; i++) {
		struct code *code = &codes->list[codes->made[i]];

		*code = list[i];
		code->left = codes->made[code->left];
		code->right = codes->made[code->right];
	}
	for (size_t i = 0; i < stream->len; i++)
		stream->bytes[i] = (uint8_t)codes->made[stream->bytes[i]];
}

struct stream pairs_encode(const char *text, size_t len, struct codes *codes)
{
	struct stream stream = encode_characters(text, len, codes);

	join_pairs(&stream, codes);
	renumber(&stream, codes);
	return stream;
}
