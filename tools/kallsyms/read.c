/* SPDX-License-Identifier: MIT */
/*
 * read.c: `nm` lines, "ADDRESS TYPE NAME", to symbols. A line that is none ends the program.
 *
 * The kernel's own list is read with an eye for what is worth a row. Lists to be measured may come
 * from anywhere, /proc/kallsyms of a running system too: there everything with an address counts,
 * but for the rows of modules, "ADDRESS TYPE NAME<tab>[MODULE]", which are not the kernel's.
 */
#include "kallsyms.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TABLE_MAX 10000000 /* symbols: an input beyond this is no kernel */

static bool has_prefix(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}

/*
 * Undefined weak symbols have no address, absolute ones are numbers of the linker script and of
 * assembly (KERNEL_BASE, STUB_SIZE), .L labels belong to the compiler, and $x marks kinds of code.
 */
static bool is_ignored(char type, const char *name)
{
	return strchr("UNaAvw", type) || has_prefix(name, ".L") || has_prefix(name, "$");
}

static void symbols_add(struct symbols *syms, const struct symbol *sym)
{
	if (syms->count == TABLE_MAX)
		fail("more than %d symbols: is this the kernel's list?", TABLE_MAX);
	if (syms->count == syms->room) {
		syms->room = syms->room ? syms->room * 2 : 1024;
		syms->list = realloc(syms->list, syms->room * sizeof(*sym));
		if (!syms->list)
			fail("no memory for %zu symbols", syms->room);
	}
	syms->list[syms->count++] = *sym;
}

/* A name becomes part of an assembler string: quotes and control characters have no place there. */
static void check_name(const char *name, size_t line)
{
	if (!*name)
		fail("line %zu: no name behind address and type", line);
	if (strlen(name) >= KSYM_NAME_LEN)
		fail("line %zu: the name %.40s... has %zu characters, the kernel takes %d at most",
		     line, name, strlen(name), KSYM_NAME_LEN - 1);
	for (const char *p = name; *p; p++)
		if (!isgraph((unsigned char)*p) || *p == '"' || *p == '\\')
			fail("line %zu: character 0x%02x in a name", line, (unsigned char)*p);
}

/* -mcmodel=kernel: the table keeps 32 bits of each address and extends their sign. */
static void check_address(const struct symbol *sym)
{
	if (sym->address != (uint64_t)(int64_t)(int32_t)sym->address)
		fail("line %zu: %s at 0x%llx: a kernel symbol lies in the lowest or highest 2 GiB",
		     sym->line, sym->name, (unsigned long long)sym->address);
}

/* "                 U name": nm leaves the address out. */
static bool is_undefined(const char *line)
{
	line += strspn(line, " ");
	return strchr("Uwv", *line) && line[1] == ' ';
}

/* One line, NUL-terminated; @line is its number. */
static void read_line(struct symbols *syms, char *text, size_t line, bool all)
{
	struct symbol sym = {.line = line};
	char *end;

	if (is_undefined(text))
		return;
	errno = 0;
	sym.address = strtoull(text, &end, 16);
	if (!isxdigit((unsigned char)*text) || errno || end[0] != ' ' || !end[1] || end[2] != ' ')
		fail("line %zu: expected \"ADDRESS TYPE NAME\", found \"%.60s\"", line, text);
	sym.type = end[1];
	if (!isalpha((unsigned char)sym.type) && sym.type != '?')
		fail("line %zu: '%c' is no symbol type of nm", line, sym.type);
	sym.name = end + 3;
	if (all && strstr(sym.name, "\t["))
		return;
	check_name(sym.name, line);
	if (!all && is_ignored(sym.type, sym.name))
		return;
	check_address(&sym);
	sym.name = strdup(sym.name);
	if (!sym.name)
		fail("no memory for the name of symbol %zu", syms->count);
	symbols_add(syms, &sym);
}

void symbols_read(struct symbols *syms, bool all)
{
	char *text = NULL;
	size_t room = 0, line = 0;
	ssize_t len;

	while ((len = getline(&text, &room, stdin)) > 0) {
		line++;
		if (strlen(text) != (size_t)len)
			fail("line %zu: a NUL in the text: is this the output of nm?", line);
		if (text[len - 1] == '\n')
			text[len - 1] = '\0';
		if (*text)
			read_line(syms, text, line, all);
	}
	if (ferror(stdin))
		fail("cannot read stdin: %s", strerror(errno));
	free(text);
}

void symbols_free(struct symbols *syms)
{
	for (size_t i = 0; i < syms->count; i++)
		free(syms->list[i].name);
	free(syms->list);
	*syms = (struct symbols){0};
}
