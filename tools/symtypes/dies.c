/* SPDX-License-Identifier: MIT */
/*
 * dies.c: steps through the debug information. A DIE (debugging information entry) has a tag, as
 * "structure type", attributes and children. Whatever else uses libdw, goes from DIE to DIE here,
 * where damage is noticed and steps are counted: references in a hostile file may go in circles.
 *
 * Attributes are looked up through DW_AT_abstract_origin and DW_AT_specification, by which a
 * definition refers to what was said of it before.
 */
#include "symtypes.h"

#include <dwarf.h>

#include "report.h"

static void step(struct image *image)
{
	if (!image->steps_left--)
		trouble(image->path, "its debug information goes in circles: damaged?");
}

static __attribute__((noreturn)) void damaged(struct image *image)
{
	trouble(image->path, "its debug information is damaged: %s", dwarf_errmsg(-1));
}

bool die_child(struct image *image, Dwarf_Die *die, Dwarf_Die *child)
{
	int result = dwarf_child(die, child);

	step(image);
	if (result < 0)
		damaged(image);
	return result == 0;
}

bool die_sibling(struct image *image, Dwarf_Die *die)
{
	int result = dwarf_siblingof(die, die);

	step(image);
	if (result < 0)
		damaged(image);
	return result == 0;
}

/* False: it has none, which is C's void. */
bool die_type(struct image *image, Dwarf_Die *die, Dwarf_Die *type)
{
	Dwarf_Attribute attr;

	step(image);
	if (!dwarf_attr_integrate(die, DW_AT_type, &attr))
		return false;
	if (dwarf_formref_die(&attr, type) && dwarf_tag(type) != DW_TAG_invalid)
		return true;
	/* libdw reads one .debug_info; an unlinked file has one more for each such type. */
	if (dwarf_whatform(&attr) == DW_FORM_ref_sig8)
		trouble(image->path, "a type is in a unit of its own, which is not found "
				     "(compile without -fdebug-types-section)");
	damaged(image);
}

const char *die_name(struct image *image, Dwarf_Die *die)
{
	Dwarf_Attribute attr;
	const char *name;

	if (!dwarf_attr_integrate(die, DW_AT_name, &attr))
		return NULL;
	name = dwarf_formstring(&attr);
	if (!name)
		damaged(image);
	return *name ? name : NULL;
}

/*
 * Signed and unsigned forms both come back as 64 bits. The fixed-size forms carry no sign: a
 * compiler that needs one uses sdata.
 */
bool die_number(Dwarf_Die *die, unsigned int attribute, uint64_t *number)
{
	Dwarf_Attribute attr;
	Dwarf_Sword signed_number;
	Dwarf_Word word;

	if (!dwarf_attr_integrate(die, attribute, &attr))
		return false;
	switch (dwarf_whatform(&attr)) {
	case DW_FORM_sdata:
	case DW_FORM_implicit_const:
		if (dwarf_formsdata(&attr, &signed_number))
			return false;
		*number = (uint64_t)signed_number;
		return true;
	default:
		if (dwarf_formudata(&attr, &word))
			return false;
		*number = word;
		return true;
	}
}

bool die_flag(Dwarf_Die *die, unsigned int attribute)
{
	Dwarf_Attribute attr;
	bool flag;

	return dwarf_attr_integrate(die, attribute, &attr) && !dwarf_formflag(&attr, &flag) && flag;
}

/* Not through a specification: what is specified is a declaration, its definition is none. */
bool die_is_declaration(Dwarf_Die *die)
{
	return dwarf_hasattr(die, DW_AT_declaration);
}

void each_unit(struct image *image, unit_visitor *visit, const void *data)
{
	Dwarf_CU *unit = NULL;
	Dwarf_Die die;
	int result;

	while (!(result = dwarf_get_units(image->dwarf, unit, &unit, NULL, NULL, &die, NULL)))
		visit(image, &die, data);
	if (result < 0)
		damaged(image);
}
