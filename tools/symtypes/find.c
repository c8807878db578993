/* SPDX-License-Identifier: MIT */
/*
 * find.c: one pass over all units finds what describes the exports. Definitions are preferred:
 * the file that defines a symbol decides its type. Static functions of the same name are others'.
 * Among equals (a weak definition and the one that replaced it, declarations of what assembly
 * defines) version.c chooses.
 */
#include "symtypes.h"

#include <dwarf.h>
#include <string.h>

enum rank { RANK_NONE, RANK_DECLARED, RANK_DEFINED };

static enum rank rank_of(Dwarf_Die *die)
{
	/* With an origin: a copy made by the optimiser, whose parameters may be fewer. */
	if (dwarf_hasattr(die, DW_AT_abstract_origin) || !die_flag(die, DW_AT_external))
		return RANK_NONE;
	return die_is_declaration(die) ? RANK_DECLARED : RANK_DEFINED;
}

/* The name that the assembler knows: `int f(void) asm("g")` is g. */
static const char *symbol_name(struct image *image, Dwarf_Die *die)
{
	Dwarf_Attribute attr;

	if (dwarf_attr_integrate(die, DW_AT_linkage_name, &attr))
		return dwarf_formstring(&attr);
	return die_name(image, die);
}

static void consider(struct image *image, Dwarf_Die *die, const struct map *export_of)
{
	int tag = dwarf_tag(die);
	struct export *export;
	const char *name;
	enum rank rank;

	if (tag != DW_TAG_subprogram && tag != DW_TAG_variable)
		return;
	name = symbol_name(image, die);
	export = name ? map_get(export_of, name, strlen(name)) : NULL;
	if (!export)
		return;
	rank = rank_of(die);
	if (rank != RANK_NONE && rank >= export->rank)
		export_add_candidate(image, export, rank, node_new(image, die));
}

static void consider_unit(struct image *image, Dwarf_Die *unit, const void *export_of)
{
	Dwarf_Die die;

	if (!die_child(image, unit, &die))
		return;
	do
		consider(image, &die, export_of);
	while (die_sibling(image, &die));
}

void find_exports(struct image *image, const struct map *export_of)
{
	each_unit(image, consider_unit, export_of);
}
