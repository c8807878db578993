/* SPDX-License-Identifier: MIT */
/*
 * elf_file.h: any bytes as an ELF file, for the command elf. Unlike the loader, which refuses a file
 * for one wrong number, this reader shows what can be shown and says what is wrong. Pure.
 */
#ifndef KOAN_SHELL_ELF_FILE_H
#define KOAN_SHELL_ELF_FILE_H

#include <linux/types.h>
#include <linux/compiler.h>
#include "module/elf_format.h"
#include "shell/command.h"

/* A file that elf_file_open() has looked at: the pointers lead into it. */
struct elf_file {
	struct io *io;
	const char *path;
	const u8 *data;
	size_t size;
	const Elf64_Ehdr *header;
	const Elf64_Shdr *sections; /* NULL: there are none */
	unsigned int count;	    /* of sections */
};

/* --- elf_file.c --- */

/* Says what is wrong with the file as such, and returns false. */
__must_check bool elf_file_open(struct elf_file *file);
/*
 * The bytes of section @index: of a table, its rows of @row bytes, *@count of them. NULL, after a
 * word about it, when they do not lie in the file.
 */
const void *elf_rows(const struct elf_file *file, unsigned int index, size_t row, u64 *count);
/*
 * A string in section @table, at @offset: at most *@len characters, for "%.*s". "<corrupt>" when it is
 * not there.
 */
const char *elf_string(const struct elf_file *file, u32 table, u64 offset, int *len);
const char *elf_section_name(const struct elf_file *file, unsigned int index, int *len);
/* Prints a name as a terminal can bear it: control characters as ^A. */
void elf_print_name(struct io *io, const char *name, int len);

/* --- one part of a file each, as readelf -W has it; false: something was wrong, and said --- */

void elf_print_header(const struct elf_file *file);
bool elf_print_sections(const struct elf_file *file);
bool elf_print_symbols(const struct elf_file *file);
bool elf_print_relocations(const struct elf_file *file);

#endif
