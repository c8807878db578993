/* SPDX-License-Identifier: MIT */
/*
 * names.c: tables of names and patterns. A name is found by its hash. A pattern is found by what
 * stands before its first wildcard: patterns are sorted by that, so that only those need a closer
 * look which begin as the name does. A lookup costs about the same in a large table and a small one.
 */
#include "modprobe/probe.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/string.h>
#include "lib/lib.h"

#define NAMES_FIRST_ROOM 16
#define WILDCARDS	 "*?[\\"
#define HASH_FACTOR	 0x01000193U /* FNV's prime spreads short texts well */

static char fold(char c)
{
	return c == '-' ? '_' : c;
}

static u32 hash_name(const char *name, size_t len)
{
	u32 hash = 0;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (u8)fold(name[i])) * HASH_FACTOR;
	return hash;
}

/* As strncmp(), for names. */
static int compare_names(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (fold(a[i]) != fold(b[i]))
			return (u8)fold(a[i]) - (u8)fold(b[i]);
	return 0;
}

/* --- filling --- */

int names_add(struct names *names, const char *key, size_t len, const char *value)
{
	u32 room = max(names->room * 2, (u32)NAMES_FIRST_ROOM);
	struct name_row *rows;
	size_t literal;

	if (names->count == names->room) {
		rows = krealloc(names->rows, room * sizeof(*rows), GFP_KERNEL);
		if (!rows)
			return -ENOMEM;
		names->rows = rows;
		names->room = room;
	}
	for (literal = 0; literal < len && !strchr(WILDCARDS, key[literal]); literal++)
		;
	names->rows[names->count++] = (struct name_row){
		.key = key,
		.value = value,
		.key_len = (u32)len,
		.literal = (u32)literal,
		.hash = hash_name(key, len),
		.is_pattern = literal < len,
	};
	return 0;
}

/* Last row first, so that each bucket lists its rows in their order. */
static int build_buckets(struct names *names)
{
	u32 size = NAMES_FIRST_ROOM, i, *bucket;

	while (size < names->count)
		size *= 2;
	kfree(names->buckets);
	names->buckets = kmalloc_array(size, sizeof(*names->buckets), GFP_KERNEL);
	if (!names->buckets)
		return -ENOMEM;
	memset(names->buckets, 0xff, size * sizeof(*names->buckets));
	names->mask = size - 1;
	for (i = names->count; i-- > 0;) {
		if (names->rows[i].is_pattern)
			continue;
		bucket = &names->buckets[names->rows[i].hash & names->mask];
		names->rows[i].next = *bucket;
		*bucket = i;
	}
	return 0;
}

/* By the literal part; a part that another one continues comes before it. */
static int compare_literals(const char *a, size_t a_len, const char *b, size_t b_len)
{
	return compare_names(a, b, min(a_len, b_len)) ?: (a_len > b_len) - (a_len < b_len);
}

static int compare_patterns(const void *a, const void *b)
{
	const struct name_row *x = *(const struct name_row *const *)a;
	const struct name_row *y = *(const struct name_row *const *)b;

	return compare_literals(x->key, x->literal, y->key, y->literal);
}

static int build_patterns(struct names *names)
{
	u32 i, n = 0;

	for (i = 0; i < names->count; i++)
		n += names->rows[i].is_pattern;
	kfree(names->patterns);
	names->pattern_count = 0;
	names->patterns = kmalloc_array(n, sizeof(*names->patterns), GFP_KERNEL);
	if (!names->patterns)
		return -ENOMEM;
	for (i = 0; i < names->count; i++)
		if (names->rows[i].is_pattern)
			names->patterns[names->pattern_count++] = &names->rows[i];
	sort(names->patterns, n, sizeof(*names->patterns), compare_patterns, NULL);
	return 0;
}

int names_seal(struct names *names)
{
	return build_buckets(names) ?: build_patterns(names);
}

void names_free(struct names *names)
{
	kfree(names->rows);
	kfree(names->buckets);
	kfree(names->patterns);
}

/* --- names --- */

/* The first row of the chain at number @at that has this key. */
static const struct name_row *find_from(const struct names *names, u32 at, u32 hash,
					const char *key, size_t len)
{
	const struct name_row *row;

	for (; at != NAMES_NONE; at = row->next) {
		row = &names->rows[at];
		if (row->hash == hash && row->key_len == len &&
		    compare_names(row->key, key, len) == 0)
			return row;
	}
	return NULL;
}

const struct name_row *names_find(const struct names *names, const char *key, size_t len)
{
	u32 hash = hash_name(key, len);

	return find_from(names, names->buckets[hash & names->mask], hash, key, len);
}

const struct name_row *names_next(const struct names *names, const struct name_row *row)
{
	return find_from(names, row->next, row->hash, row->key, row->key_len);
}

/* --- patterns --- */

/* The first pattern whose literal part is not before these @len characters. */
static u32 first_pattern(const struct names *names, const char *name, size_t len)
{
	u32 low = 0, high = names->pattern_count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (compare_literals(names->patterns[middle]->key, names->patterns[middle]->literal,
				     name, len) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct hits {
	const struct name_row **v;
	u32 count, room;
};

static int hits_add(struct hits *hits, const struct name_row *row)
{
	const struct name_row **more;

	if (hits->count == hits->room) {
		hits->room = max(hits->room * 2, (u32)NAMES_FIRST_ROOM);
		more = krealloc(hits->v, hits->room * sizeof(*more), GFP_KERNEL);
		if (!more)
			return -ENOMEM;
		hits->v = more;
	}
	hits->v[hits->count++] = row;
	return 0;
}

/* The patterns whose literal part is the first @len characters of @name. */
static int hit_patterns(const struct names *names, const char *name, size_t len, struct hits *hits)
{
	const struct name_row *row;
	u32 i = first_pattern(names, name, len);
	int err = 0;

	for (; i < names->pattern_count && !err; i++) {
		row = names->patterns[i];
		if (compare_literals(row->key, row->literal, name, len) != 0)
			break;
		if (wildcard_match(row->key + len, row->key_len - len, name + len))
			err = hits_add(hits, row);
	}
	return err;
}

static int hit_all(const struct names *names, const char *name, struct hits *hits)
{
	size_t len = strlen(name), part;
	const struct name_row *row = names_find(names, name, len);
	int err = 0;

	for (; row && !err; row = names_next(names, row))
		err = hits_add(hits, row);
	for (part = 0; part <= len && names->pattern_count && !err; part++)
		err = hit_patterns(names, name, part, hits);
	return err;
}

/* All rows are in one array, so that their addresses tell their order. */
static int compare_rows(const void *a, const void *b)
{
	const struct name_row *x = *(const struct name_row *const *)a;
	const struct name_row *y = *(const struct name_row *const *)b;

	return (x > y) - (x < y);
}

int names_match(const struct names *names, const char *name,
		int (*fn)(const struct name_row *row, void *data), void *data)
{
	struct hits hits = {0};
	int ret = hit_all(names, name, &hits);

	if (!ret && hits.count)
		sort(hits.v, hits.count, sizeof(*hits.v), compare_rows, NULL);
	for (u32 i = 0; i < hits.count && !ret; i++)
		ret = fn(hits.v[i], data);
	kfree(hits.v);
	return ret;
}
