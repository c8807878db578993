/* SPDX-License-Identifier: MIT */
/*
 * kallsyms.h: makes the kernel's symbol table from `nm` lines of the linked kernel.
 *
 *   read.c    lines on stdin to symbols, told apart from what is not worth a row
 *   order.c   the order of /proc/kallsyms: by address, the best of several names first
 *   write.c   the table as assembler source, or System.map
 */
#ifndef KALLSYMS_H
#define KALLSYMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KSYM_NAME_LEN 512 /* of include/linux/kallsyms.h, the NUL included */

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

/* All of these end the program with a message when they cannot do their work. */
__attribute__((noreturn, format(printf, 1, 2))) void fail(const char *fmt, ...);

/* Appends what stdin holds. */
void symbols_read(struct symbols *syms);
void symbols_sort(struct symbols *syms);
void symbols_write_map(const struct symbols *syms);
void symbols_write_table(const struct symbols *syms);
void symbols_free(struct symbols *syms);

#endif
