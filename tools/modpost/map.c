/* SPDX-License-Identifier: MIT */
/* map.c: see map.h. Open addressing, linear probing, doubling. */
#include "map.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "modpost.h"

#define FIRST_SIZE 1024

/* FNV-1a, 64 bits. */
static uint64_t hash(const char *key)
{
	uint64_t h = 0xcbf29ce484222325;

	for (; *key; key++)
		h = (h ^ (unsigned char)*key) * 0x100000001b3;
	return h ^ h >> 32;
}

/* The slot of @key, or the free one where it would go. */
static struct map_slot *probe(struct map_slot *slots, size_t size, const char *key)
{
	size_t i = hash(key) & (size - 1);

	/* Ends: map_slot() keeps half of the slots free. */
	while (slots[i].key && strcmp(slots[i].key, key))
		i = (i + 1) & (size - 1);
	return &slots[i];
}

static void grow(struct map *map)
{
	size_t size = map->size ? 2 * map->size : FIRST_SIZE;
	struct map_slot *slots = xcalloc(size, sizeof(*slots));

	for (size_t i = 0; i < map->size; i++)
		if (map->slots[i].key)
			*probe(slots, size, map->slots[i].key) = map->slots[i];
	free(map->slots);
	map->slots = slots;
	map->size = size;
}

void *map_get(const struct map *map, const char *key)
{
	return map->size ? probe(map->slots, map->size, key)->value : NULL;
}

void **map_slot(struct map *map, const char *key)
{
	struct map_slot *slot;

	/* Before the search: growing moves every slot. */
	if (map->used >= map->size / 2)
		grow(map);
	slot = probe(map->slots, map->size, key);
	if (!slot->key) {
		slot->key = key;
		map->used++;
	}
	return &slot->value;
}

void map_free(struct map *map)
{
	free(map->slots);
	*map = (struct map){0};
}
