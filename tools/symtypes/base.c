/* SPDX-License-Identifier: MIT */
/*
 * base.c: the types that the language brings along. Compilers spell them differently ("long
 * unsigned int" by gcc, "unsigned long" by clang): here they have C's shortest spelling, sign
 * first.
 */
#include "symtypes.h"

#include <dwarf.h>
#include <string.h>

/* The words of a base type's name, counted or noted. */
struct words {
	unsigned int longs, shorts, ints, signs;
	bool is_unsigned;
	const char *other; /* all other words */
};

/* True: it was one of C's own adjectives, or "int". */
static bool count_word(struct words *words, const char *word, size_t length)
{
	static const char *const known[] = {"long", "short", "int", "signed", "unsigned"};
	unsigned int *counts[] = {&words->longs, &words->shorts, &words->ints, &words->signs, NULL};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strlen(known[i]) != length || memcmp(known[i], word, length))
			continue;
		if (counts[i])
			++*counts[i];
		else
			words->is_unsigned = true;
		return true;
	}
	return false;
}

static void read_words(struct reader *reader, const char *name, struct words *words)
{
	while (*name) {
		size_t length = strcspn(name, " ");

		if (length && !count_word(words, name, length))
			words->other = pool_print(&reader->image->pool, "%s%s%.*s", words->other,
						  *words->other ? " " : "", (int)length, name);
		name += length;
		name += strspn(name, " ");
	}
}

const char *base_name(struct reader *reader, Dwarf_Die *type)
{
	const char *name = die_name(reader->image, type);
	struct words words = {.other = ""};
	bool is_char;

	if (!name)
		return reader_fail(reader, "a base type has no name");
	read_words(reader, name, &words);
	is_char = !strcmp(words.other, "char");
	if (words.longs > 2 || words.shorts > 1)
		return name;
	if (!*words.other && !words.longs && !words.shorts)
		words.other = "int";
	return pool_print(&reader->image->pool, "%s%s%s%s%s", /* "signed" only says a thing here: */
			  words.is_unsigned	   ? "unsigned "
			  : is_char && words.signs ? "signed "
						   : "",
			  words.shorts ? "short" : "",
			  words.longs == 2   ? "long long"
			  : words.longs == 1 ? "long"
					     : "",
			  *words.other && (words.longs || words.shorts) ? " " : "", words.other);
}

const char *base_encoding(Dwarf_Die *type)
{
	static const char *const names[] = {
		[DW_ATE_address] = "address",
		[DW_ATE_boolean] = "boolean",
		[DW_ATE_complex_float] = "complex",
		[DW_ATE_float] = "float",
		[DW_ATE_signed] = "signed",
		[DW_ATE_signed_char] = "signed char",
		[DW_ATE_unsigned] = "unsigned",
		[DW_ATE_unsigned_char] = "unsigned char",
		[DW_ATE_UTF] = "UTF",
	};
	uint64_t encoding;

	if (!die_number(type, DW_AT_encoding, &encoding) ||
	    encoding >= sizeof(names) / sizeof(names[0]) || !names[encoding])
		return NULL;
	return names[encoding];
}
