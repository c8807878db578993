/* SPDX-License-Identifier: MIT */
/*
 * symtypes.h: what is known of one object file, and which file of this program finds it out.
 *
 * The order of work (image.c): open the file and list its exports; find what the debug information
 * says of each; make texts, of the exports first and then of every type that a text names, until
 * no text names a new one; put the texts in order. From then on everything is in memory: a version
 * (version.c) is the list of texts that one export reaches, and the CRC of them all.
 */
#ifndef SYMTYPES_H
#define SYMTYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>

#include "map.h"
#include "pool.h"

/*
 * The text of one export or one type. Texts are unique: two types that read alike share one, and
 * so do the copies of a header's type in many compile units.
 */
struct text {
	const char *bytes; /* ends in a newline */
	size_t length;
	size_t title;	    /* bytes before its first " (" or " =": what it is about */
	uint32_t crc;	    /* of bytes, and ... */
	uint32_t shift;	    /* ... what this text does to the CRC of those before it (crc.h) */
	unsigned int place; /* in the order of all texts */
};

/* Something to be described: an export, or a type that has a name. */
struct node {
	struct node *next; /* in the list of what is still to be described */
	const void *key;   /* where libdw keeps the DIE: its identity */
	Dwarf_Die die;
	struct text *text;
	struct node **refs; /* the named types its text mentions, each once */
	size_t ref_count, ref_capacity;
	struct node *referrer; /* the last node that took this one into its refs */
	unsigned long visit;   /* the last search that came by (version.c) */
	const char *trouble;   /* why it cannot be described; NULL: it can */
};

/* One place that describes an export; all those kept for an export are of the same rank. */
struct candidate {
	struct candidate *next;
	struct node *node;
};

struct export
{
	const char *name;
	unsigned int rank; /* how good the candidates are; 0: there is none */
	struct candidate *candidates;
};

/* A symbol's section, by number, and its value. */
struct place {
	uint64_t section, value;
};

struct symbol {
	const char *name;
	const char *section; /* its name; "" when it lies in none */
	struct place where;
	bool is_code_or_data;
};

/* One object file. Everything in it lives in its pool, or is libdw's. */
struct image {
	const char *path;
	int fd;
	Elf *elf;
	Dwfl *dwfl;
	Dwarf *dwarf;
	bool has_debug_info; /* false: the two above are NULL */
	uint64_t steps_left; /* DIEs that may still be visited: hostile files go in circles */
	struct pool pool;
	struct export *exports; /* sorted by name */
	size_t export_count;
	struct map export_of; /* by name */
	struct map node_of;   /* by DIE */
	struct map text_of;   /* by content */
	struct node *pending; /* to be described */
	struct text **texts;  /* once all are known: in order */
	size_t text_count;
	unsigned long visits; /* searches so far, and what the last one reached (version.c) */
	uint64_t *members;
};

/* A text under way. */
struct reader {
	struct image *image;
	struct node *node;   /* whose text it is */
	unsigned int indent; /* tabs before each line of what has no name */
	unsigned int depth;  /* of types within types */
};

/* The version of an export. */
struct version {
	const struct image *image;
	struct node *node;
	uint64_t *members; /* a bit for each text it reaches, by place */
	size_t length;	   /* of its whole text */
	uint32_t crc;	   /* never 0 */
};

/* image.c: a file from opening to order; with @layout it also has the export module_layout. */
void image_open(struct image *image, const char *path, bool layout);
void image_close(struct image *image);

/* object.c: what of an ELF file must be right before anything is believed. */
void object_open(struct image *image);
/* If it has any. */
void object_open_debug_info(struct image *image);
void object_close(struct image *image);

/* symbols.c: calls @visit for each symbol; how many there are. */
typedef void symbol_visitor(struct image *image, const struct symbol *symbol, void *data);
size_t each_symbol(struct image *image, symbol_visitor *visit, void *data);

/* exports.c: fills in exports and export_of; @extra, unless NULL, is one of them in any case. */
void exports_list(struct image *image, const char *extra);
struct export *export_find(const struct image *image, const char *name);
void export_add_candidate(struct image *image, struct export *export, unsigned int rank,
			  struct node *node);

/* dies.c: steps through the debug information. Damage ends the program, with a message. */
bool die_child(struct image *image, Dwarf_Die *die, Dwarf_Die *child);
bool die_sibling(struct image *image, Dwarf_Die *die);
bool die_type(struct image *image, Dwarf_Die *die, Dwarf_Die *type);
const char *die_name(struct image *image, Dwarf_Die *die);
bool die_number(Dwarf_Die *die, unsigned int attribute, uint64_t *number);
bool die_flag(Dwarf_Die *die, unsigned int attribute);
bool die_is_declaration(Dwarf_Die *die);
typedef void unit_visitor(struct image *image, Dwarf_Die *unit, const void *data);
void each_unit(struct image *image, unit_visitor *visit, const void *data);

/* find.c: which DIEs describe exports; @export_of: by their names there. */
void find_exports(struct image *image, const struct map *export_of);
/* aliases.c: the same for those that have another name there. */
void aliases_find(struct image *image);

/* layout.c: describes the export module_layout, which no source need define. */
#define LAYOUT_NAME "module_layout"
void layout_find(struct image *image);

/* nodes.c: what is to be described, and the texts of what was. */
struct node *node_new(struct image *image, Dwarf_Die *die);
struct node *node_at(struct image *image, Dwarf_Die *die);
void node_refer(struct reader *reader, struct node *to);
void nodes_describe(struct image *image);
struct text *text_intern(struct image *image, const char *bytes);
void texts_order(struct image *image);

/* define.c: the text of one node, and that of a type without a name, inside others. */
const char *define(struct reader *reader);
const char *define_anonymous(struct reader *reader, Dwarf_Die *type);

/* declare.c: C declarations. @type NULL is void; @inner is the name, or "". */
const char *declare(struct reader *reader, Dwarf_Die *type, const char *inner);
const char *declare_function(struct reader *reader, Dwarf_Die *function, const char *inner);
/* Of what @die's DW_AT_type says, which may be nothing. */
const char *declare_typed(struct reader *reader, Dwarf_Die *die, const char *inner);
/* Notes why this node has no text; returns something that can stand in it. */
const char *reader_fail(struct reader *reader, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* base.c: "long unsigned int" and "unsigned long" are one type; "4 bytes, signed". */
const char *base_name(struct reader *reader, Dwarf_Die *type);
const char *base_encoding(Dwarf_Die *type);

/*
 * version.c: NULL, or why the export has no version. What is found is good until the next call
 * for the same image.
 */
const char *version_of(struct image *image, const struct export *export, struct version *version);
/* The first text at or behind @place that is part of the version; NULL when there is none. */
const struct text *version_next(const struct version *version, size_t place);
void version_print(const struct version *version);

/* diff.c: prints what differs. */
void diff_print(const struct version *old, const struct version *new);

#endif
