/* SPDX-License-Identifier: MIT */
/*
 * sections.h: how long the sections of an object live, and whether references between them can
 * outlive what they point at.
 */
#ifndef MODPOST_SECTIONS_H
#define MODPOST_SECTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "modpost.h"
#include "object.h"

/* What matters about a section to those who refer to it. */
enum section_class {
	SECTION_OTHER, /* nobody asks */
	SECTION_TEXT,
	SECTION_DATA,
	SECTION_CONST,
	SECTION_INIT, /* given back after init */
	SECTION_EXIT, /* never there when modules cannot be unloaded */
	SECTION_EX_TABLE,
};

/* sections.c */
enum section_class section_class(const struct object *obj, size_t index);
/* Warns of sections with contents that the loader would skip. */
void check_section_flags(const struct object *obj, const char *name);

/* locate.c: which symbol an address of a section belongs to. All zero is an empty index. */
struct locator {
	const struct symbol **sorted; /* by section, then by value */
	size_t count;
};

/* @symbols: all @obj has, by number. They must outlive the index. */
void locator_make(struct locator *locator, const struct object *obj, const struct symbol *symbols);
void locator_free(struct locator *locator);
/* NULL when no symbol lies at or before @offset of @section. */
const struct symbol *locate(const struct locator *locator, size_t section, GElf_Addr offset);

/* mismatch.c: warns of each bad reference in an object, called @name in messages. */
void check_references(const struct object *obj, const struct symbol *symbols, const char *name);
/* How many there were so far. */
unsigned int mismatches_found(void);

#endif
