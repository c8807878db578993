/* SPDX-License-Identifier: MIT */
/*
 * map.h: from strings to pointers, O(1) at any size: objects with 100,000 symbols are normal.
 * Keys are borrowed: they must live as long as the map.
 */
#ifndef MODPOST_MAP_H
#define MODPOST_MAP_H

#include <stddef.h>

struct map_slot {
	const char *key; /* NULL: free */
	void *value;
};

/* All zero is an empty map. */
struct map {
	struct map_slot *slots; /* a power of two of them, at most half in use */
	size_t size, used;
};

/* The value kept for @key; NULL when there is none. */
void *map_get(const struct map *map, const char *key);
/* Where the value for @key is kept: NULL in it until the caller stores one. Good until the next call. */
void **map_slot(struct map *map, const char *key);
void map_free(struct map *map);

#endif
