/* SPDX-License-Identifier: MIT */
/*
 * main.c: nm koan.elf | kallsyms [--all] [--map | --figures | --explain], or kallsyms --empty
 *
 *   (nothing)   the symbol table as assembler source, in section .kallsyms
 *   --map       the same symbols as lines of System.map, equal to /proc/kallsyms of that kernel
 *   --figures   how many bytes each part of the table takes
 *   --explain   how the table comes about, step by step: for a handful of symbols
 *   --empty     the table of a kernel that has no symbols yet; stdin is not read
 *   --all       any list: symbols of every type count, those of modules do not (read.c)
 */
#include "kallsyms.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fail(const char *fmt, ...)
{
	va_list args;

	fputs("kallsyms: ", stderr);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

void *allocate(size_t count, size_t size)
{
	void *memory = calloc(count + 1, size);

	if (!memory)
		fail("no memory for %zu times %zu bytes", count, size);
	return memory;
}

enum output { OUT_TABLE, OUT_MAP, OUT_FIGURES, OUT_STEPS };

struct options {
	enum output output;
	bool all, empty;
};

static struct options read_options(int argc, char **argv)
{
	struct options options = {0};

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--all"))
			options.all = true;
		else if (!strcmp(argv[i], "--empty") && argc == 2)
			options.empty = true;
		else if (!strcmp(argv[i], "--map") && options.output == OUT_TABLE)
			options.output = OUT_MAP;
		else if (!strcmp(argv[i], "--figures") && options.output == OUT_TABLE)
			options.output = OUT_FIGURES;
		else if (!strcmp(argv[i], "--explain") && options.output == OUT_TABLE)
			options.output = OUT_STEPS;
		else
			fail("cannot take %s here\nusage: nm KERNEL | kallsyms [--all] "
			     "[--map | --figures | --explain], or kallsyms --empty",
			     argv[i]);
	}
	return options;
}

static void write_output(const struct symbols *syms, enum output output)
{
	struct table table;

	table_make(&table, syms);
	if (output == OUT_TABLE)
		write_table(&table);
	if (output == OUT_STEPS)
		write_steps(&table);
	if (output == OUT_STEPS || output == OUT_FIGURES)
		write_figures(&table);
	table_free(&table);
}

/* What was written may still wait in a buffer: a full disk shows only here. */
static void finish_output(void)
{
	if (fflush(stdout) || ferror(stdout))
		fail("cannot write the output");
}

int main(int argc, char **argv)
{
	struct options options = read_options(argc, argv);
	struct symbols syms = {0};

	if (!options.empty)
		symbols_read(&syms, options.all);
	symbols_sort(&syms);
	if (options.output == OUT_MAP)
		write_map(&syms);
	else
		write_output(&syms, options.output);
	symbols_free(&syms);
	finish_output();
	return 0;
}
