/* SPDX-License-Identifier: MIT */
/*
 * cmd_elf.c: elf: what is in an ELF file, a module above all: header, sections, symbols, relocations,
 * in the columns of readelf -W, so that what is learned here is known there.
 */
#include "shell/elf_file.h"

#include <linux/kernel.h>

struct wanted {
	bool header, sections, symbols, relocations;
	bool several; /* files: each is named */
};

static bool print_parts(const struct elf_file *file, const struct wanted *w)
{
	bool fine = true;

	if (w->header)
		elf_print_header(file);
	if (w->sections && !w->header && file->count)
		out(file->io, "There are %u section headers, starting at offset 0x%llx:\n",
		    file->count, file->header->e_shoff);
	if (w->sections)
		fine &= elf_print_sections(file);
	if (w->relocations)
		fine &= elf_print_relocations(file);
	if (w->symbols)
		fine &= elf_print_symbols(file);
	return fine;
}

static int elf_source(struct io *io, const char *path, const struct source *source, void *data)
{
	const struct wanted *w = data;
	struct elf_file file = {
		.io = io,
		.path = path,
		.data = (const u8 *)source->data,
		.size = source->size,
	};

	if (w->several)
		out(io, "\nFile: %s\n", path);
	if (!elf_file_open(&file)) {
		/* The header may be all that can be shown. */
		if (file.header && w->header)
			elf_print_header(&file);
		return 1;
	}
	return print_parts(&file, w) ? 0 : 1;
}

static const struct source_user elf_user = {
	.use = elf_source,
	.cannot_open = "Error: '%s': %s\n",
	.trouble = 1,
};

static bool set_option(struct wanted *w, int letter)
{
	w->header |= letter == 'h' || letter == 'a';
	w->sections |= letter == 'S' || letter == 'a';
	w->symbols |= letter == 's' || letter == 'a';
	w->relocations |= letter == 'r' || letter == 'a';
	return letter != '?';
}

static int elf_run(struct io *io, int argc, char **argv)
{
	struct wanted w = {0};
	struct options o;
	int letter;

	options_start(&o, io, "ahrSsW", argc, argv);
	while ((letter = option_next(&o)))
		if (!set_option(&w, letter))
			return 1;
	if (!w.header && !w.sections && !w.symbols && !w.relocations) {
		complain(io, "nothing to print: -h, -S, -s, -r or -a was expected\n");
		return bad_usage(io);
	}
	if (!o.operands) {
		complain(io, "Warning: Nothing to do.\n");
		return bad_usage(io);
	}
	w.several = o.operands > 1;
	return each_source(&o, &elf_user, &w);
}

const struct command cmd_elf = {
	.name = "elf",
	.usage = "-ahrSs FILE...",
	.brief = "print what is in an ELF file, such as a module",
	.text = "In the columns of readelf -W.\n"
		"  -h  the ELF header\n"
		"  -S  the section headers\n"
		"  -s  the symbol tables\n"
		"  -r  the relocations\n"
		"  -a  all of these",
	.run = elf_run,
};
