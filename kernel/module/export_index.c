/* SPDX-License-Identifier: MIT */
/*
 * export_index.c: the exports of all modules, by a hash of their names, so that a lookup costs the
 * same whether one module is loaded or two hundred.
 *
 * The entries belong to their modules; only the buckets are ours. Their number follows from the
 * number of entries alone, so that loading and unloading leaves nothing behind; up to
 * STATIC_BUCKETS entries they need no memory.
 */
#include "module/load.h"
#include "module/exports.h"

#include <linux/slab.h>
#include <linux/string.h>
#include "lib/lib.h"

#define STATIC_BUCKETS 256 /* a power of two, as every number of buckets */

static struct export_entry *static_buckets[STATIC_BUCKETS];
static struct export_entry **buckets = static_buckets;
static unsigned int bucket_count = STATIC_BUCKETS;
static unsigned int entry_count;

static struct export_entry **bucket_of(u32 hash)
{
	return &buckets[hash & (bucket_count - 1)];
}

const struct export_entry *export_index_find(const char *name, unsigned int *probes)
{
	u32 hash = hash_string(name);
	const struct export_entry *entry;

	for (entry = *bucket_of(hash); entry; entry = entry->next) {
		(*probes)++;
		if (entry->hash == hash && strcmp(entry->sym->name, name) == 0)
			return entry;
	}
	return NULL;
}

static void insert(struct export_entry *entry)
{
	struct export_entry **bucket = bucket_of(entry->hash);

	entry->next = *bucket;
	*bucket = entry;
}

void export_index_insert(struct export_entry *entry)
{
	entry->hash = hash_string(entry->sym->name);
	insert(entry);
}

void export_index_remove(struct export_entry *entry)
{
	struct export_entry **link = bucket_of(entry->hash);

	while (*link != entry)
		link = &(*link)->next;
	*link = entry->next;
}

/* Moves all entries to @new, which has @new_count empty buckets, and gives the old ones back. */
static void move_to(struct export_entry **new, unsigned int new_count)
{
	struct export_entry **old = buckets, *entry, *next;
	unsigned int i, old_count = bucket_count;

	buckets = new;
	bucket_count = new_count;
	for (i = 0; i < old_count; i++) {
		for (entry = old[i]; entry; entry = next) {
			next = entry->next;
			insert(entry);
		}
		old[i] = NULL;
	}
	if (old != static_buckets)
		kfree(old);
}

/* One bucket or more for each entry. Without memory the index stays as it is: slower, but right. */
void export_index_resize(int more)
{
	unsigned int count = STATIC_BUCKETS;
	struct export_entry **new = static_buckets;

	entry_count += more;
	while (count < entry_count)
		count *= 2;
	if (count == bucket_count)
		return;
	if (count > STATIC_BUCKETS)
		new = kcalloc(count, sizeof(*new), GFP_KERNEL);
	if (new)
		move_to(new, count);
}
