/* SPDX-License-Identifier: MIT */
/*
 * names.c: the names of the symbol table that table.h describes: spelling one, and finding one.
 *
 * Neither spells more than it must. A name borrows its beginning from those before it in its block:
 * only the pieces that are borrowed are spelled. And a search knows, from the numbers of shared
 * characters alone, of most names in a block that they come before the one it looks for.
 *
 * The table is part of the kernel's image and trusted like code.
 */
#include "sym/table.h"

/* A text holds up to 7 characters, the first one lowest, and how many in the highest byte. */
static inline u32 text_len(u64 text)
{
	return text >> 56;
}

/* Behind the codes of the name (or of the rest of it) that begins at @codes. */
static inline const u8 *skip_name(const u8 *codes, u8 first_end)
{
	while (*codes++ < first_end)
		;
	return codes;
}

/* --- from a number to a name --- */

/* What one name of a block contributes: the characters from @from on. */
struct piece {
	const u8 *codes;
	u32 from;
};

/*
 * Walks from the block's first name to the one wanted, and keeps those names that are not hidden
 * by a later one that begins to differ at the same character or before. Returns the end of @pieces.
 */
static inline struct piece *find_pieces(const struct ksym_table *table, u32 number,
					struct piece *pieces)
{
	const u8 *codes = table->names + table->blocks[number / KSYM_BLOCK];
	const u8 first_end = table->first_end;
	struct piece *end = pieces;

	*end++ = (struct piece){codes, 0};
	for (u32 i = number % KSYM_BLOCK; i; i--) {
		u32 shared;

		codes = skip_name(codes, first_end);
		shared = *codes++;
		while (end > pieces && end[-1].from >= shared)
			end--;
		*end++ = (struct piece){codes, shared};
	}
	return end;
}

/* Near the end of the buffer, where a whole word does not fit. */
static noinline void put_characters(char *to, const char *end, u64 text)
{
	for (; to < end; text >>= 8)
		*to++ = (char)text;
}

/*
 * Writes @piece's characters to their place in @name, until @to is reached or the name ends, and
 * returns where. One word is written for each text: the next one overwrites what is too much.
 */
static inline char *spell(const struct ksym_table *table, const struct piece *piece, const char *to,
			  char *name)
{
	const u64 *texts = table->texts;
	const u8 first_end = table->first_end;
	const u8 *codes = piece->codes;
	char *at = name + piece->from, *end = name + KSYM_NAME_LEN;
	u8 code;

	do {
		u64 text;

		code = *codes++;
		text = texts[code];
		if (likely(at <= end - sizeof(text)))
			__builtin_memcpy(at, &text, sizeof(text));
		else
			put_characters(at, end, text);
		at += text_len(text);
	} while (code < first_end && at < to);
	return at;
}

char ksym_table_name(const struct ksym_table *table, u32 number, char name[KSYM_NAME_LEN])
{
	struct piece pieces[KSYM_BLOCK + 1];
	struct piece *end = find_pieces(table, number, pieces);
	char *at = name;
	char type;

	end->from = KSYM_NAME_LEN;
	for (const struct piece *piece = pieces; piece < end; piece++)
		at = spell(table, piece, name + piece[1].from, name);
	/* The letter of the type comes last, and the NUL takes its place. */
	type = at[-1];
	at[-1] = '\0';
	return type;
}

/* --- from a name to a number --- */

/*
 * Compares @key with the name at *@codes as strcmp() does. They are known to share *@same
 * characters; then it counts those that they do share. *@codes moves behind the last code read.
 */
static __always_inline int compare(const struct ksym_table *table, const char *key, u32 *same,
				   const u8 **codes)
{
	const u64 *texts = table->texts;
	const u8 first_end = table->first_end, *at = *codes;
	const char *k = key + *same;
	u8 code = *at++;
	u64 text = texts[code];
	u32 len = text_len(text), known = *same;
	int order = 0;

	/* First the codes that say only what is known, then what is known of the next one. */
	while (len <= known) {
		known -= len;
		code = *at++;
		text = texts[code];
		len = text_len(text);
	}
	text >>= 8 * known;
	len -= known;
	for (;;) {
		/* The letter of the type is no part of the name. */
		for (len -= code >= first_end; len; len--, text >>= 8, k++) {
			order = (u8)*k - (u8)text;
			if (order)
				goto out;
		}
		if (code >= first_end)
			break;
		code = *at++;
		text = texts[code];
		len = text_len(text);
	}
	order = (u8)*k;
out:
	*same = (u32)(k - key);
	*codes = at;
	return order;
}

/*
 * Looks for @name in @block, whose first name comes before it. @matched is how many characters
 * @name shares with the last name that was compared or passed. A name that shares more than those
 * with the one before it differs from @name where that one does; a name that shares less has
 * something greater there, and so have all that follow.
 */
static bool find_in_block(const struct ksym_table *table, const char *name, u32 block, u32 *number)
{
	const u8 first_end = table->first_end, *codes = table->names + table->blocks[block];
	u32 first = block * KSYM_BLOCK, matched = 0;
	u32 left = table->count - first < KSYM_BLOCK ? table->count - first : KSYM_BLOCK;

	compare(table, name, &matched, &codes);
	for (u32 i = 1; i < left; i++) {
		u32 shared, same = 0;
		int order;

		if (codes[-1] < first_end)
			codes = skip_name(codes, first_end);
		shared = *codes++;
		if (shared > matched) {
			codes = skip_name(codes, first_end);
			continue;
		}
		/* Nothing is known beyond what a byte can say: it is compared from there on. */
		if (shared < matched && shared < KSYM_SHARED_MAX)
			return false;
		order = compare(table, name + shared, &same, &codes);
		*number = first + i;
		if (order <= 0)
			return !order;
		matched = shared + same;
	}
	return false;
}

/*
 * Halves the blocks by their first names. All names between two that begin as @name does begin so
 * too: what both ends of the search share with it need not be compared again.
 */
bool ksym_table_find(const struct ksym_table *table, const char *name, u32 *number)
{
	u32 low = 0, high = (table->count + KSYM_BLOCK - 1) / KSYM_BLOCK;
	u32 low_same = 0, high_same = 0;
	bool begins_block = false;

	/* Ends at the first block whose first name is not before @name. */
	while (low < high) {
		u32 middle = low + (high - low) / 2;
		u32 same = low_same < high_same ? low_same : high_same;
		const u8 *codes = table->names + table->blocks[middle];
		int order = compare(table, name, &same, &codes);

		if (order > 0) {
			low = middle + 1;
			low_same = same;
		} else {
			high = middle;
			high_same = same;
			begins_block = !order;
		}
	}
	/* Of equal names the first counts: it may be in the block before. */
	if (low && find_in_block(table, name, low - 1, number))
		return true;
	*number = low * KSYM_BLOCK;
	return begins_block;
}
