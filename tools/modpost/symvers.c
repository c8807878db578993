/* SPDX-License-Identifier: MIT */
/*
 * symvers.c: reads Module.symvers. Each line has five columns, separated by tabs:
 *
 *	0xCRC	symbol	path-of-module	EXPORT_SYMBOL[_GPL[_FUTURE]]	namespace (may be empty)
 */
#include "modpost.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "report.h"

#define COLUMNS 5

struct line {
	const char *path;
	unsigned int number;
	char *column[COLUMNS];
	enum export_kind kind;
	uint32_t crc;
};

static bool refuse(const struct line *line, const char *why, const char *what)
{
	error("parse error in symbol dump file");
	hint("%s:%u: %s%s", line->path, line->number, why, what);
	return false;
}

/* Not by strtok(), to which two tabs in a row are one: a column may be empty. */
static bool split(struct line *line, char *text)
{
	int count = 0;

	for (char *column = text; column; count++) {
		char *tab = strchr(column, '\t');

		if (tab)
			*tab++ = '\0';
		if (count < COLUMNS)
			line->column[count] = column;
		column = tab;
	}
	return count == COLUMNS || refuse(line, "expected five columns separated by tabs", "");
}

static bool parse(struct line *line, char *text)
{
	char *end;

	if (!split(line, text))
		return false;
	/* strtoul() alone would take "-1", blanks, and 0x with nothing behind it. */
	errno = 0;
	line->crc = (uint32_t)strtoul(line->column[0], &end, 16);
	if (strncmp(line->column[0], "0x", 2) || end == line->column[0] + 2 || *end || errno)
		return refuse(line, "expected 0x and a CRC, found: ", line->column[0]);
	if (!*line->column[1] || !*line->column[2])
		return refuse(line, "expected a symbol and a module, found an empty column", "");
	for (line->kind = 0; line->kind < EXPORT_KINDS; line->kind++)
		if (!strcmp(line->column[3], export_macro[line->kind]))
			return true;
	return refuse(line, "expected EXPORT_SYMBOL or a variant of it, found: ", line->column[3]);
}

/* The module of the line; usually that of the line before. */
static struct module *module_of(const struct options *opt, const struct line *line,
				struct module *previous)
{
	const char *path = line->column[2];
	struct module *mod = previous;

	if (!mod || strcmp(mod->path, path))
		mod = module_find(opt->list, path);
	if (!mod)
		mod = module_new(opt->list, path);
	mod->from_dump = true;
	return mod;
}

void read_symvers(const struct options *opt, const char *path)
{
	struct line line = {.path = path, .number = 1};
	struct module *mod = NULL;
	char *text, *rest, *eol;
	size_t size;

	text = file_read(path, &size);
	if (!text) {
		error("%s: %s", path, strerror(errno));
		hint("build the module that makes this file first");
		return;
	}
	/* With a NUL inside, all behind it would be passed over without a word. */
	if (strlen(text) != size) {
		refuse(&line, "it is not a text file", "");
		*text = '\0';
	}
	for (rest = text; *rest; rest = eol, line.number++) {
		eol = rest + strcspn(rest, "\n");
		if (*eol)
			*eol++ = '\0';
		if (!parse(&line, rest))
			break;
		mod = module_of(opt, &line, mod);
		export_add(opt, mod, line.column[1], line.column[4], line.kind, line.crc);
	}
	free(text);
}
