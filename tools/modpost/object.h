/* SPDX-License-Identifier: MIT */
/*
 * object.h: one ELF file, whatever is in it. libelf checks that what it hands out lies inside the
 * file; object_open() checks that it is the kind of file we can use, and object_string() and
 * object_symbol() that indexes point at something. After they succeeded nothing can run past the
 * end of the file.
 */
#ifndef MODPOST_OBJECT_H
#define MODPOST_OBJECT_H

#include <gelf.h>
#include <stdbool.h>
#include <stddef.h>

struct object {
	const char *path;
	void *bytes; /* the file; strings handed out point into it */
	Elf *elf;
	size_t section_names; /* index of the section with their names */
	Elf_Data *symbols;
	Elf_Data *
		wide_indexes; /* section indexes of symbols when there are 65280 sections or more */
	size_t symbol_count;
	size_t symbol_names; /* index of the section with their names */
};

/* One symbol, its section index already widened. */
struct symbol {
	const char *name;
	GElf_Sym elf;
	size_t section; /* SHN_UNDEF, SHN_ABS, SHN_COMMON, or the index of a section that exists */
};

/* @type: ET_REL or ET_EXEC. Reports what is wrong and returns false. */
bool object_open(struct object *obj, const char *path, unsigned int type);
void object_close(struct object *obj);

/* "" when there is no such section. */
const char *object_section_name(const struct object *obj, size_t index);
/* 0 when there is no such section. */
GElf_Xword object_section_flags(const struct object *obj, size_t index);
/* The contents of section @index; NULL when it has none in the file. */
Elf_Data *object_section_data(const struct object *obj, size_t index);
/* The section called @name, or 0. */
size_t object_find_section(const struct object *obj, const char *name);
/* Reads symbol @index. Reports what is wrong and returns false. */
bool object_symbol(const struct object *obj, size_t index, struct symbol *sym);
/* All symbols by number, to be freed; NULL, after a report, when one cannot be read. */
struct symbol *object_symbols(const struct object *obj);
/* The string at @offset of a section's contents; NULL when it does not end inside. */
const char *object_string(const Elf_Data *data, GElf_Addr offset);

/* The next `tag=value` of .modinfo after @last (NULL: the first); NULL when there is no more. */
const char *object_modinfo(const struct object *obj, const char *tag, const char *last);

#endif
