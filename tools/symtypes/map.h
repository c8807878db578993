/* SPDX-License-Identifier: MIT */
/*
 * map.h: from byte strings to pointers, O(1) at any size. Keys are borrowed: they must live as
 * long as the map.
 */
#ifndef SYMTYPES_MAP_H
#define SYMTYPES_MAP_H

#include <stddef.h>

struct map_slot {
	const void *key; /* NULL: free */
	size_t length;
	size_t hash;
	void *value;
};

/* All zero is an empty map. */
struct map {
	struct map_slot *slots; /* a power of two of them, at most half in use */
	size_t size, used;
};

/* The value kept for @key; NULL when there is none. */
void *map_get(const struct map *map, const void *key, size_t length);
/* Where the value is kept: NULL in it until the caller stores one. Good until the next call. */
void **map_slot(struct map *map, const void *key, size_t length);
void map_free(struct map *map);

#endif
