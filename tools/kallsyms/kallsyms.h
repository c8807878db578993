/* SPDX-License-Identifier: MIT */
/*
 * kallsyms.h: makes the kernel's symbol table from `nm` lines of the linked kernel. The table is
 * described in kernel/sym/table.h, which reads it, and in docs/kallsyms.md.
 *
 *   read.c      lines on stdin to symbols, told apart from what is not worth a row
 *   order.c     the order of /proc/kallsyms: by address, the best of several names first
 *   table.c     the table: numbers, what names share, blocks
 *   pairs.c     names to codes, by byte-pair encoding
 *   write.c     the table as assembler source, or System.map
 *   explain.c   the table for people: its sizes, or how each byte of it came about
 *
 * Whatever fails ends the program with a message.
 */
#ifndef KALLSYMS_H
#define KALLSYMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KSYM_NAME_LEN	512 /* of include/linux/kallsyms.h, the NUL included */
#define KSYM_BLOCK	10
#define KSYM_STEP	32
#define KSYM_SHARED_MAX 255

struct symbol {
	uint64_t address;
	char type;
	char *name;
	size_t line; /* of the input: symbols that are alike keep their order */
};

struct symbols {
	struct symbol *list;
	size_t count, room;
};

#define HEAD_SIZE     56 /* bytes of struct ksym_table */
#define RANKS_PADDING 3	 /* bytes behind the packed numbers, which are read in words */

#define CODES	      256 /* what a byte can say */
#define TEXT_MAX      7	  /* characters of one code: with their number, a word */

/* What a code stands for: one character, or two other codes that stood side by side. */
struct code {
	char text[TEXT_MAX + 1];
	size_t len;
	bool ends;		  /* its last character is a type letter: a name ends here */
	unsigned int left, right; /* the pair; unused when len is 1 */
	size_t times;		  /* how often the pair was found */
};

struct codes {
	struct code list[CODES]; /* those that end a name come last */
	unsigned int count, first_end;
	unsigned int
		made[CODES]; /* in the order in which they were made: single characters first */
};

/* Bytes of codes. */
struct stream {
	uint8_t *bytes;
	size_t len;
};

/* All arrays are indexed by number, the place in name order, unless they say otherwise. */
struct table {
	const struct symbols *syms; /* by rank; must outlive the table */
	size_t count, blocks;
	uint32_t *rank_of;
	uint32_t *number_at; /* by rank */
	unsigned int rank_bits;
	unsigned int
		*shared; /* characters it shares with the one before; the first of a block: 0 */
	size_t *name_at; /* where in @names; one more: the end */
	struct stream names;
	struct codes codes;
};

__attribute__((noreturn, format(printf, 1, 2))) void fail(const char *fmt, ...);
/* As calloc(), of at least one byte: the caller frees it. */
void *allocate(size_t count, size_t size);

/*
 * Appends what stdin holds. @all: every symbol that has an address counts, whatever its type; the
 * lines may be those of /proc/kallsyms, of which those of modules are left out.
 */
void symbols_read(struct symbols *syms, bool all);
void symbols_sort(struct symbols *syms);
void symbols_free(struct symbols *syms);

/* @syms must be sorted. */
void table_make(struct table *table, const struct symbols *syms);
void table_free(struct table *table);
/* The symbol with this number. */
const struct symbol *table_symbol(const struct table *table, size_t number);

/*
 * Replaces the @text, names that each end with a type letter and a NUL, by codes without NULs.
 * The caller frees the result.
 */
struct stream pairs_encode(const char *text, size_t len, struct codes *codes);
void write_map(const struct symbols *syms);
void write_table(const struct table *table);
/* How many bytes each part of the table takes. */
void write_figures(const struct table *table);
/* Every step from the names to the table's bytes. */
void write_steps(const struct table *table);

#endif
