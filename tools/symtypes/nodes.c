/* SPDX-License-Identifier: MIT */
/*
 * nodes.c: what is to be described, and the texts of what was. A text names other types and does
 * not contain them, so describing one type never leads into another: whatever a text names joins
 * the list of what is pending, and types that refer to each other need no further thought.
 */
#include "symtypes.h"

#include <stdlib.h>
#include <string.h>

#include "crc.h"

struct node *node_new(struct image *image, Dwarf_Die *die)
{
	struct node *node = pool_alloc(&image->pool, sizeof(*node));

	node->die = *die;
	node->key = die->addr;
	node->next = image->pending;
	image->pending = node;
	return node;
}

struct node *node_at(struct image *image, Dwarf_Die *die)
{
	struct node *node = map_get(&image->node_of, &die->addr, sizeof(die->addr));

	if (node)
		return node;
	node = node_new(image, die);
	*map_slot(&image->node_of, &node->key, sizeof(node->key)) = node;
	return node;
}

static void grow_refs(struct image *image, struct node *node)
{
	size_t capacity = node->ref_capacity ? 2 * node->ref_capacity : 4;
	struct node **refs = pool_alloc(&image->pool, capacity * sizeof(*refs));

	if (node->ref_count)
		memcpy(refs, node->refs, node->ref_count * sizeof(*refs));
	node->refs = refs;
	node->ref_capacity = capacity;
}

/* Nodes are described one at a time, so that the last referrer tells of a repetition. */
void node_refer(struct reader *reader, struct node *to)
{
	struct node *from = reader->node;

	if (to->referrer == from)
		return;
	to->referrer = from;
	if (from->ref_count == from->ref_capacity)
		grow_refs(reader->image, from);
	from->refs[from->ref_count++] = to;
}

/* The part of a text that names what it is about. */
static size_t title_length(const char *bytes)
{
	const char *size = strstr(bytes, " ("), *target = strstr(bytes, " =");

	if (!size || (target && target < size))
		size = target;
	return size ? (size_t)(size - bytes) : strlen(bytes);
}

struct text *text_intern(struct image *image, const char *bytes)
{
	size_t length = strlen(bytes);
	void **slot = map_slot(&image->text_of, bytes, length);
	struct text *text = *slot;

	if (text)
		return text;
	text = pool_alloc(&image->pool, sizeof(*text));
	*text = (struct text){
		.bytes = bytes,
		.length = length,
		.title = title_length(bytes),
		.crc = crc_of(bytes, length),
		.shift = crc_shift(length),
	};
	*slot = text;
	return text;
}

void nodes_describe(struct image *image)
{
	struct node *node;

	while ((node = image->pending)) {
		struct reader reader = {.image = image, .node = node};

		image->pending = node->next;
		node->text = text_intern(image, define(&reader));
	}
}

static int by_bytes(const void *left, const void *right)
{
	return strcmp((*(struct text *const *)left)->bytes, (*(struct text *const *)right)->bytes);
}

void texts_order(struct image *image)
{
	const struct map *map = &image->text_of;

	image->texts = pool_alloc(&image->pool, (map->used + 1) * sizeof(*image->texts));
	for (size_t i = 0; i < map->size; i++)
		if (map->slots[i].key)
			image->texts[image->text_count++] = map->slots[i].value;
	qsort(image->texts, image->text_count, sizeof(*image->texts), by_bytes);
	for (size_t i = 0; i < image->text_count; i++)
		image->texts[i]->place = (unsigned int)i;
}
