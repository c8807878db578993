/* SPDX-License-Identifier: MIT */
/*
 * define.c: the text of one export or one type. README.md shows what it looks like.
 *
 * A type that has a name is named where it is used and has a text of its own. One that has none
 * stands, whole, where it is used, its lines indented below its user's.
 */
#include "symtypes.h"

#include <dwarf.h>

static const char *tabs(const struct reader *reader)
{
	static const char all[] = "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t";
	unsigned int most = sizeof(all) - 1;

	return all + most - (reader->indent < most ? reader->indent : most);
}

static const char *keyword(Dwarf_Die *type)
{
	switch (dwarf_tag(type)) {
	case DW_TAG_structure_type:
		return "struct";
	case DW_TAG_union_type:
		return "union";
	case DW_TAG_enumeration_type:
		return "enum";
	default:
		return NULL;
	}
}

/* "8 bytes, aligned 64": the alignment only when the source asks for one. */
static const char *size_of(struct reader *reader, Dwarf_Die *type)
{
	struct pool *pool = &reader->image->pool;
	uint64_t size, alignment;

	if (!die_number(type, DW_AT_byte_size, &size))
		return reader_fail(reader, "a type has no size");
	if (die_number(type, DW_AT_alignment, &alignment))
		return pool_print(pool, "%ju byte%s, aligned %ju", (uintmax_t)size,
				  size == 1 ? "" : "s", (uintmax_t)alignment);
	return pool_print(pool, "%ju byte%s", (uintmax_t)size, size == 1 ? "" : "s");
}

/*
 * Where a bit-field begins, counted in bits from the start of its structure. Before DWARF 4 that
 * was told from the other end, of a storage unit as it would lie on a big-endian machine.
 */
static uint64_t bit_place(struct reader *reader, Dwarf_Die *member, Dwarf_Die *type, uint64_t byte,
			  uint64_t width)
{
	uint64_t place, storage;

	if (die_number(member, DW_AT_data_bit_offset, &place))
		return place;
	if (!die_number(member, DW_AT_bit_offset, &place))
		return 8 * byte;
	if (!die_number(member, DW_AT_byte_size, &storage) &&
	    !die_number(type, DW_AT_byte_size, &storage)) {
		reader_fail(reader, "a bit-field's storage has no size");
		return 0;
	}
	return 8 * byte + 8 * storage - place - width;
}

static const char *member_line(struct reader *reader, Dwarf_Die *member)
{
	const char *name = die_name(reader->image, member), *text;
	struct pool *pool = &reader->image->pool;
	uint64_t byte = 0, width, place;
	Dwarf_Die type;

	/* A union's members need no offset. */
	if (dwarf_hasattr(member, DW_AT_data_member_location) &&
	    !die_number(member, DW_AT_data_member_location, &byte))
		return reader_fail(reader, "a member's offset is not a number");
	if (!die_type(reader->image, member, &type))
		return reader_fail(reader, "a member has no type");
	text = declare(reader, &type, name ? name : "");
	if (!die_number(member, DW_AT_bit_size, &width))
		return pool_print(pool, "%s@%ju %s\n", tabs(reader), (uintmax_t)byte, text);
	place = bit_place(reader, member, &type, byte, width);
	return pool_print(pool, "%s@%ju.%ju %s : %ju\n", tabs(reader), (uintmax_t)place / 8,
			  (uintmax_t)place % 8, text, (uintmax_t)width);
}

/* DWARF keeps the form of a constant, not its sign: a negative one was stored as sdata. */
static const char *enumerator_line(struct reader *reader, Dwarf_Die *enumerator)
{
	const char *name = die_name(reader->image, enumerator);
	struct pool *pool = &reader->image->pool;
	Dwarf_Attribute attr;
	uint64_t value;
	unsigned int form;

	if (!name || !die_number(enumerator, DW_AT_const_value, &value))
		return reader_fail(reader, "an enumerator without a name or a number");
	form = dwarf_whatform(dwarf_attr(enumerator, DW_AT_const_value, &attr));
	if (form == DW_FORM_sdata || form == DW_FORM_implicit_const)
		return pool_print(pool, "%s%s = %jd\n", tabs(reader), name, (intmax_t)value);
	return pool_print(pool, "%s%s = %ju\n", tabs(reader), name, (uintmax_t)value);
}

static const char *line_of(struct reader *reader, Dwarf_Die *child)
{
	switch (dwarf_tag(child)) {
	case DW_TAG_member:
		return member_line(reader, child);
	case DW_TAG_enumerator:
		return enumerator_line(reader, child);
	case DW_TAG_inheritance:
	case DW_TAG_variant_part:
		return reader_fail(reader, "a type that C does not have");
	default:
		return ""; /* clang keeps nested types here, which their users name or contain */
	}
}

static const char *lines_of(struct reader *reader, Dwarf_Die *type)
{
	struct buffer lines = {0};
	Dwarf_Die child;

	if (!die_child(reader->image, type, &child))
		return "";
	reader->indent++;
	do
		buffer_add(&reader->image->pool, &lines, line_of(reader, &child));
	while (die_sibling(reader->image, &child));
	reader->indent--;
	return lines.length ? lines.bytes : "";
}

/* "struct NAME (16 bytes) {", the lines of what it holds, "}". */
static const char *aggregate(struct reader *reader, Dwarf_Die *type, const char *name)
{
	const char *separator = "", *underlying = "", *size;

	if (dwarf_tag(type) == DW_TAG_enumeration_type) {
		separator = ", ";
		underlying = declare_typed(reader, type, "");
	}
	size = size_of(reader, type);
	return pool_print(&reader->image->pool, "%s%s%s (%s%s%s) {\n%s%s}", keyword(type),
			  *name ? " " : "", name, size, separator, underlying,
			  lines_of(reader, type), tabs(reader));
}

const char *define_anonymous(struct reader *reader, Dwarf_Die *type)
{
	if (!keyword(type))
		return reader_fail(reader, "a type that must have a name has none");
	if (die_is_declaration(type))
		return reader_fail(reader, "a type has neither a name nor a definition");
	return aggregate(reader, type, "");
}

static const char *define_base(struct reader *reader, Dwarf_Die *type)
{
	const char *encoding = base_encoding(type);

	if (!encoding)
		return reader_fail(reader, "a base type's encoding is unknown");
	return pool_print(&reader->image->pool, "base %s (%s, %s)\n", base_name(reader, type),
			  size_of(reader, type), encoding);
}

static const char *define_typedef(struct reader *reader, Dwarf_Die *type, const char *name)
{
	const char *target = declare_typed(reader, type, "");
	struct pool *pool = &reader->image->pool;
	uint64_t alignment;

	if (die_number(type, DW_AT_alignment, &alignment))
		return pool_print(pool, "typedef %s = %s, aligned %ju\n", name, target,
				  (uintmax_t)alignment);
	return pool_print(pool, "typedef %s = %s\n", name, target);
}

const char *define(struct reader *reader)
{
	Dwarf_Die *die = &reader->node->die;
	const char *name = die_name(reader->image, die);
	struct pool *pool = &reader->image->pool;

	if (!name)
		return reader_fail(reader, "something that must have a name has none");
	switch (dwarf_tag(die)) {
	case DW_TAG_subprogram:
		return pool_print(pool, "%s\n", declare_function(reader, die, name));
	case DW_TAG_variable:
		return pool_print(pool, "%s\n", declare_typed(reader, die, name));
	case DW_TAG_base_type:
		return define_base(reader, die);
	case DW_TAG_typedef:
		return define_typedef(reader, die, name);
	default:
		if (die_is_declaration(die))
			return pool_print(pool, "%s %s (declared only)\n", keyword(die), name);
		return pool_print(pool, "%s\n", aggregate(reader, die, name));
	}
}
