/* SPDX-License-Identifier: MIT */
/*
 * main.c: nm koan.elf | kallsyms [--map]
 *
 * Without an option: the symbol table as assembler source, in section .kallsyms. With --map: the
 * same symbols as lines of System.map, equal to /proc/kallsyms of that kernel. With --empty:
 * the table of a kernel that has no symbols yet; stdin is not read.
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

/* What was written may still wait in a buffer: a full disk shows only here. */
static void finish_output(void)
{
	if (fflush(stdout) || ferror(stdout))
		fail("cannot write the output");
}

int main(int argc, char **argv)
{
	bool map = argc == 2 && !strcmp(argv[1], "--map");
	bool empty = argc == 2 && !strcmp(argv[1], "--empty");
	struct symbols syms = {0};

	if (argc != 1 && !map && !empty)
		fail("usage: nm KERNEL | kallsyms [--map], or kallsyms --empty");
	if (!empty)
		symbols_read(&syms);
	symbols_sort(&syms);
	if (map)
		symbols_write_map(&syms);
	else
		symbols_write_table(&syms);
	symbols_free(&syms);
	finish_output();
	return 0;
}
