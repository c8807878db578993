/* SPDX-License-Identifier: MIT */
/*
 * declare.c: writes a type the way C declares something of it: `int (*fn)(struct thing *, ...)`.
 * C declarators grow from the name outwards while one walks from the outermost type inwards, so
 * the walk keeps what there is of the declarator, and ends where a type has a name.
 *
 * Not part of the text, because no caller can tell: names of parameters, and whether a parameter
 * or a result is const, volatile or restrict itself (what a pointer points to is another matter).
 */
#include "symtypes.h"

#include <dwarf.h>
#include <stdarg.h>
#include <stdio.h>

/* Nobody writes types nested deeper than this; hostile files do. */
#define MAX_DEPTH 100

enum { QUALIFIER_CONST = 1, QUALIFIER_VOLATILE = 2, QUALIFIER_RESTRICT = 4, QUALIFIER_ATOMIC = 8 };

struct declarator {
	const char *text;
	unsigned int qualifiers; /* of what comes next */
	bool is_pointer;	 /* text begins with '*': brackets behind it need parentheses */
};

const char *reader_fail(struct reader *reader, const char *format, ...)
{
	char reason[200];
	va_list args;

	va_start(args, format);
	vsnprintf(reason, sizeof(reason), format, args);
	va_end(args);
	if (!reader->node->trouble)
		reader->node->trouble = pool_print(&reader->image->pool, "%s", reason);
	return "?";
}

static unsigned int qualifier_of(int tag)
{
	switch (tag) {
	case DW_TAG_const_type:
		return QUALIFIER_CONST;
	case DW_TAG_volatile_type:
		return QUALIFIER_VOLATILE;
	case DW_TAG_restrict_type:
		return QUALIFIER_RESTRICT;
	case DW_TAG_atomic_type:
		return QUALIFIER_ATOMIC;
	default:
		return 0;
	}
}

/* Always in this order; compilers differ. Each is followed by a blank. */
static const char *qualify(struct reader *reader, unsigned int qualifiers)
{
	if (!qualifiers)
		return "";
	return pool_print(&reader->image->pool, "%s%s%s%s",
			  qualifiers & QUALIFIER_CONST ? "const " : "",
			  qualifiers & QUALIFIER_VOLATILE ? "volatile " : "",
			  qualifiers & QUALIFIER_RESTRICT ? "restrict " : "",
			  qualifiers & QUALIFIER_ATOMIC ? "_Atomic " : "");
}

/* A type without parameters, dimensions or target: one that has, or could have, a name. */
static const char *leaf_name(struct reader *reader, Dwarf_Die *type)
{
	const char *name = die_name(reader->image, type), *keyword = "";

	switch (dwarf_tag(type)) {
	case DW_TAG_base_type:
		name = base_name(reader, type);
		break;
	case DW_TAG_typedef:
		break;
	case DW_TAG_structure_type:
		keyword = "struct ";
		break;
	case DW_TAG_union_type:
		keyword = "union ";
		break;
	case DW_TAG_enumeration_type:
		keyword = "enum ";
		break;
	default:
		return reader_fail(reader,
				   "the kind of one of its types, DWARF tag 0x%x, is unknown",
				   (unsigned int)dwarf_tag(type));
	}
	if (!name)
		return define_anonymous(reader, type);
	node_refer(reader, node_at(reader->image, type));
	return pool_print(&reader->image->pool, "%s%s", keyword, name);
}

static void add_pointer(struct reader *reader, struct declarator *d)
{
	d->text =
		pool_print(&reader->image->pool, "*%s%s", qualify(reader, d->qualifiers), d->text);
	d->qualifiers = 0;
	d->is_pointer = true;
}

static void add_parentheses(struct reader *reader, struct declarator *d)
{
	if (d->is_pointer)
		d->text = pool_print(&reader->image->pool, "(%s)", d->text);
	d->is_pointer = false;
}

/* "[3]"; "[]" when the bound is not known, or known only at run time. */
static const char *dimension(struct reader *reader, Dwarf_Die *range, bool is_vector)
{
	struct pool *pool = &reader->image->pool;
	uint64_t count, upper;

	if (!die_number(range, DW_AT_count, &count)) {
		if (!die_number(range, DW_AT_upper_bound, &upper))
			return is_vector ? "<>" : "[]";
		count = upper + 1;
	}
	return pool_print(pool, is_vector ? "<%ju>" : "[%ju]", (uintmax_t)count);
}

/* Qualifiers of an array are those of its elements: they stay, for the element type. */
static void add_dimensions(struct reader *reader, struct declarator *d, Dwarf_Die *array)
{
	bool is_vector = die_flag(array, DW_AT_GNU_vector);
	Dwarf_Die range;

	add_parentheses(reader, d);
	if (!die_child(reader->image, array, &range))
		return;
	do
		if (dwarf_tag(&range) == DW_TAG_subrange_type)
			d->text = pool_print(&reader->image->pool, "%s%s", d->text,
					     dimension(reader, &range, is_vector));
	while (die_sibling(reader->image, &range));
}

/* Steps over what qualifies @die's type. False: it is void. */
static bool unqualified_type(struct reader *reader, Dwarf_Die *die, Dwarf_Die *type)
{
	if (!die_type(reader->image, die, type))
		return false;
	while (qualifier_of(dwarf_tag(type)))
		if (!die_type(reader->image, type, type))
			return false;
	return true;
}

/* "int, ..."; NULL: @child is no parameter. */
static const char *parameter(struct reader *reader, Dwarf_Die *child)
{
	Dwarf_Die type;

	if (dwarf_tag(child) == DW_TAG_unspecified_parameters)
		return "...";
	if (dwarf_tag(child) != DW_TAG_formal_parameter)
		return NULL;
	return declare(reader, unqualified_type(reader, child, &type) ? &type : NULL, "");
}

static const char *parameters(struct reader *reader, Dwarf_Die *function)
{
	struct pool *pool = &reader->image->pool;
	struct buffer list = {0};
	Dwarf_Die child;

	if (!die_child(reader->image, function, &child))
		return "void";
	do {
		const char *text = parameter(reader, &child);

		if (text && list.length)
			buffer_add(pool, &list, ", ");
		if (text)
			buffer_add(pool, &list, text);
	} while (die_sibling(reader->image, &child));
	return list.length ? list.bytes : "void";
}

static void add_parameters(struct reader *reader, struct declarator *d, Dwarf_Die *function)
{
	add_parentheses(reader, d);
	d->text = pool_print(&reader->image->pool, "%s(%s)", d->text, parameters(reader, function));
	d->qualifiers = 0;
}

/* Adds one layer; false when @type has a name, and is no layer. */
static bool add_layer(struct reader *reader, struct declarator *d, Dwarf_Die *type)
{
	int tag = dwarf_tag(type);

	if (tag == DW_TAG_pointer_type)
		add_pointer(reader, d);
	else if (tag == DW_TAG_array_type)
		add_dimensions(reader, d, type);
	else if (tag == DW_TAG_subroutine_type)
		add_parameters(reader, d, type);
	else if (qualifier_of(tag))
		d->qualifiers |= qualifier_of(tag);
	else
		return false;
	return true;
}

/* One step inwards; false: what is there is void. */
static bool next_type(struct reader *reader, Dwarf_Die *type)
{
	if (dwarf_tag(type) == DW_TAG_subroutine_type)
		return unqualified_type(reader, type, type);
	return die_type(reader->image, type, type);
}

/* Walks inwards, from *@type to the type that has a name; false: to void. */
static bool walk(struct reader *reader, struct declarator *d, Dwarf_Die *type)
{
	for (unsigned int layers = 0; add_layer(reader, d, type); layers++) {
		if (layers == MAX_DEPTH) {
			reader_fail(reader, "a type has more than %u layers", MAX_DEPTH);
			return false;
		}
		if (!next_type(reader, type))
			return false;
	}
	return true;
}

const char *declare(struct reader *reader, Dwarf_Die *type, const char *inner)
{
	struct declarator d = {.text = inner};
	const char *leaf = "void";
	Dwarf_Die current;

	if (reader->depth >= MAX_DEPTH)
		return reader_fail(reader, "types are nested more than %u deep", MAX_DEPTH);
	reader->depth++;
	if (type) {
		current = *type;
		if (walk(reader, &d, &current))
			leaf = leaf_name(reader, &current);
	}
	reader->depth--;
	return pool_print(&reader->image->pool, "%s%s%s%s", qualify(reader, d.qualifiers), leaf,
			  *d.text ? " " : "", d.text);
}

const char *declare_typed(struct reader *reader, Dwarf_Die *die, const char *inner)
{
	Dwarf_Die type;

	return declare(reader, die_type(reader->image, die, &type) ? &type : NULL, inner);
}

const char *declare_function(struct reader *reader, Dwarf_Die *function, const char *inner)
{
	struct declarator d = {.text = inner};
	Dwarf_Die result;

	add_parameters(reader, &d, function);
	return declare(reader, unqualified_type(reader, function, &result) ? &result : NULL,
		       d.text);
}
