/* SPDX-License-Identifier: MIT */
/* map.c: see map.h. Open addressing, linear probing, doubling. */
#include "map.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

#define FIRST_SIZE 1024

/* FNV-1a, 64 bits, its halves folded: the low bits choose the slot. */
static size_t hash_of(const void *key, size_t length)
{
	const unsigned char *byte = key;
	uint64_t hash = 0xcbf29ce484222325;

	while (length--)
		hash = (hash ^ *byte++) * 0x100000001b3;
	return hash ^ hash >> 32;
}

/* The slot of this key, or the free one where it would go. */
static struct map_slot *probe(const struct map *map, const void *key, size_t length, size_t hash)
{
	size_t i = hash & (map->size - 1);

	/* Ends: map_slot() keeps half of the slots free. Comparing hashes first spares most memcmp()s. */
	while (map->slots[i].key && (map->slots[i].hash != hash || map->slots[i].length != length ||
				     memcmp(map->slots[i].key, key, length)))
		i = (i + 1) & (map->size - 1);
	return &map->slots[i];
}

static void grow(struct map *map)
{
	struct map bigger = {.size = map->size ? 2 * map->size : FIRST_SIZE, .used = map->used};
	const struct map_slot *slot;

	bigger.slots = calloc(bigger.size, sizeof(*bigger.slots));
	if (!bigger.slots)
		trouble("map", "out of memory after %zu entries", map->used);
	for (slot = map->slots; slot < map->slots + map->size; slot++)
		if (slot->key)
			*probe(&bigger, slot->key, slot->length, slot->hash) = *slot;
	free(map->slots);
	*map = bigger;
}

void *map_get(const struct map *map, const void *key, size_t length)
{
	return map->size ? probe(map, key, length, hash_of(key, length))->value : NULL;
}

void **map_slot(struct map *map, const void *key, size_t length)
{
	size_t hash = hash_of(key, length);
	struct map_slot *slot;

	/* Before the search: growing moves every slot. */
	if (map->used >= map->size / 2)
		grow(map);
	slot = probe(map, key, length, hash);
	if (!slot->key) {
		*slot = (struct map_slot){.key = key, .length = length, .hash = hash};
		map->used++;
	}
	return &slot->value;
}

void map_free(struct map *map)
{
	free(map->slots);
	*map = (struct map){0};
}
