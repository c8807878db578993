/* SPDX-License-Identifier: MIT */
/*
 * exports.c: which symbols a file exports. EXPORT_SYMBOL(f) (include/linux/export.h) leaves a
 * local symbol __ksymtab_f on f's row, and that row is found in one of three places:
 *
 *   a compiled file       section ___ksymtab+f, or ___ksymtab_gpl+f, _gpl_future, _unused, _unused_gpl
 *   a finished module     section __ksymtab, or __ksymtab_gpl and so on
 *   the kernel's image    between the symbols __start___ksymtab and __stop___ksymtab, ...
 *
 * A symbol that is only called so, and lies elsewhere, is none.
 */
#include "symtypes.h"

#include <stdlib.h>
#include <string.h>

#define TABLES 5

static const char *const table_names[TABLES] = {"__ksymtab", "__ksymtab_gpl",
						"__ksymtab_gpl_future", "__ksymtab_unused",
						"__ksymtab_unused_gpl"};

/* The kernel's tables: [start, stop). */
struct kernel_tables {
	uint64_t start[TABLES], stop[TABLES];
};

/* What follows @prefix in @text; NULL when it does not begin so. */
static const char *behind(const char *text, const char *prefix)
{
	size_t length = strlen(prefix);

	return strncmp(text, prefix, length) ? NULL : text + length;
}

/* "___ksymtab_gpl+NAME" or "__ksymtab_gpl". */
static bool is_table_section(const char *section, const char *name)
{
	const char *rest;

	for (int i = 0; i < TABLES; i++) {
		if (!strcmp(section, table_names[i]))
			return true;
		rest = section[0] == '_' ? behind(section + 1, table_names[i]) : NULL;
		if (rest && *rest == '+' && !strcmp(rest + 1, name))
			return true;
	}
	return false;
}

static bool in_kernel_table(const struct kernel_tables *tables, uint64_t address)
{
	for (int i = 0; i < TABLES; i++)
		if (address >= tables->start[i] && address < tables->stop[i])
			return true;
	return false;
}

static void find_kernel_tables(struct image *image, const struct symbol *symbol, void *data)
{
	const char *start = behind(symbol->name, "__start_"),
		   *stop = behind(symbol->name, "__stop_");
	struct kernel_tables *tables = data;

	(void)image;
	for (int i = 0; i < TABLES; i++) {
		if (start && !strcmp(start, table_names[i]))
			tables->start[i] = symbol->where.value;
		if (stop && !strcmp(stop, table_names[i]))
			tables->stop[i] = symbol->where.value;
	}
}

/* Two files that export the same symbol are modpost's business. */
static void add(struct image *image, const char *name)
{
	void **slot = map_slot(&image->export_of, name, strlen(name));

	if (*slot)
		return;
	image->exports[image->export_count].name = name;
	*slot = &image->exports[image->export_count++];
}

static void find_row(struct image *image, const struct symbol *symbol, void *data)
{
	const char *export = behind(symbol->name, "__ksymtab_");

	if (!export || !*export)
		return;
	if (is_table_section(symbol->section, export) || in_kernel_table(data, symbol->where.value))
		add(image, export);
}

static int by_name(const void *left, const void *right)
{
	return strcmp(((const struct export *)left)->name, ((const struct export *)right)->name);
}

void exports_list(struct image *image, const char *extra)
{
	struct kernel_tables tables = {0};
	size_t count = each_symbol(image, find_kernel_tables, &tables);

	/* At most one export a symbol. */
	image->exports = pool_alloc(&image->pool, (count + 1) * sizeof(*image->exports));
	each_symbol(image, find_row, &tables);
	if (extra)
		add(image, extra);
	qsort(image->exports, image->export_count, sizeof(*image->exports), by_name);
	for (size_t i = 0; i < image->export_count; i++) {
		struct export *export = &image->exports[i];

		*map_slot(&image->export_of, export->name, strlen(export->name)) = export;
	}
}

struct export *export_find(const struct image *image, const char *name)
{
	return map_get(&image->export_of, name, strlen(name));
}

void export_add_candidate(struct image *image, struct export *export, unsigned int rank,
			  struct node *node)
{
	struct candidate *candidate;

	if (rank < export->rank)
		return;
	if (rank > export->rank)
		export->candidates = NULL; /* what there was is worse */
	export->rank = rank;
	candidate = pool_alloc(&image->pool, sizeof(*candidate));
	*candidate = (struct candidate){.next = export->candidates, .node = node};
	export->candidates = candidate;
}
