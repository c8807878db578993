/* SPDX-License-Identifier: MIT */
/*
 * aliases.c: an export that nothing describes may be another name of something that is described:
 * `int g(int) __attribute__((alias("f")))` leaves no trace in the debug information. Both names
 * have the same place in the same section; g then has f's text.
 */
#include "symtypes.h"

#include <string.h>

/* The places of exports that lack a description. */
struct search {
	struct map export_at;
	struct map export_called; /* by the name of what may be described, and is no export */
};

static void note_place(struct image *image, const struct symbol *symbol, void *data)
{
	struct export *export = export_find(image, symbol->name);
	struct search *search = data;
	struct place *place;

	if (!export || export->candidates || !symbol->is_code_or_data)
		return;
	place = pool_alloc(&image->pool, sizeof(*place));
	*place = symbol->where;
	*map_slot(&search->export_at, place, sizeof(*place)) = export;
}

static void match(struct image *image, const struct symbol *symbol, void *data)
{
	struct search *search = data;
	struct export *export = map_get(&search->export_at, &symbol->where, sizeof(symbol->where));
	struct export *other = export_find(image, symbol->name);

	if (!export || !symbol->is_code_or_data || export == other)
		return;
	if (!other) {
		*map_slot(&search->export_called, symbol->name, strlen(symbol->name)) = export;
	} else if (!export->candidates) {
		export->rank = other->rank;
		export->candidates = other->candidates;
	}
}

void aliases_find(struct image *image)
{
	struct search search = {0};

	each_symbol(image, note_place, &search);
	if (search.export_at.used)
		each_symbol(image, match, &search);
	if (search.export_called.used)
		find_exports(image, &search.export_called);
	map_free(&search.export_at);
	map_free(&search.export_called);
}
