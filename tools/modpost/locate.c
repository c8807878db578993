/* SPDX-License-Identifier: MIT */
/* locate.c: see sections.h. Sorted once, then halved. */
#include <stdlib.h>
#include <string.h>

#include "sections.h"

/* Marks between which the linker or the compiler puts things, not things themselves. */
static bool is_place(const struct symbol *sym)
{
	unsigned int type = GELF_ST_TYPE(sym->elf.st_info);

	return sym->name && *sym->name && strncmp(sym->name, ".L", 2) && sym->section &&
	       type != STT_SECTION && type != STT_FILE;
}

/* Of several names at one address: one that has a size, and what the source calls it. */
static int rank(const struct symbol *sym)
{
	bool is_alias = !strcmp(sym->name, "init_module") || !strcmp(sym->name, "cleanup_module");

	return 2 * (sym->elf.st_size != 0) + !is_alias;
}

/* The best name of an address comes last. */
static int compare(const void *a, const void *b)
{
	const struct symbol *x = *(const struct symbol *const *)a;
	const struct symbol *y = *(const struct symbol *const *)b;

	if (x->section != y->section)
		return x->section < y->section ? -1 : 1;
	if (x->elf.st_value != y->elf.st_value)
		return x->elf.st_value < y->elf.st_value ? -1 : 1;
	return rank(x) - rank(y);
}

void locator_make(struct locator *locator, const struct object *obj, const struct symbol *symbols)
{
	locator->sorted = xcalloc(obj->symbol_count + 1, sizeof(*locator->sorted));
	for (size_t i = 1; i < obj->symbol_count; i++)
		if (is_place(&symbols[i]))
			locator->sorted[locator->count++] = &symbols[i];
	qsort(locator->sorted, locator->count, sizeof(*locator->sorted), compare);
}

void locator_free(struct locator *locator)
{
	free(locator->sorted);
	*locator = (struct locator){0};
}

const struct symbol *locate(const struct locator *locator, size_t section, GElf_Addr offset)
{
	size_t low = 0, high = locator->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct symbol *sym = locator->sorted[middle];

		if (sym->section < section ||
		    (sym->section == section && sym->elf.st_value <= offset))
			low = middle + 1;
		else
			high = middle;
	}
	return low && locator->sorted[low - 1]->section == section ? locator->sorted[low - 1]
								   : NULL;
}
