/* SPDX-License-Identifier: MIT */
/*
 * fuzz_elf_view.c: any bytes as a file for the command elf. The sanitizers see to it that nothing
 * outside of the file is read; and what is printed is bounded by what there is to print.
 */
#include <stdarg.h>
#include <string.h>

#include "fuzz.h"
#include "shell/elf_file.h"
#include "module/modules.h"

#define LINE_MOST 4096 /* characters that one row may have: a name of up to 512, each as ^A */

static size_t printed;

static void print(const char *fmt, va_list args)
{
	static char line[LINE_MOST];
	int len = vsnprintf(line, sizeof(line), fmt, args);

	promise(len >= 0 && len < LINE_MOST);
	printed += (size_t)len;
}

void out(struct io *io, const char *fmt, ...)
{
	va_list args;

	(void)io;
	va_start(args, fmt);
	print(fmt, args);
	va_end(args);
}

void complain(struct io *io, const char *fmt, ...)
{
	va_list args;

	(void)io;
	va_start(args, fmt);
	print(fmt, args);
	va_end(args);
}

void out_write(struct io *io, const char *text, size_t len)
{
	static char copy[LINE_MOST];

	(void)io;
	promise(len < LINE_MOST);
	memcpy(copy, text, len);
	printed += len;
}

const char *reloc_name(u32 type)
{
	return type % 2 ? "R_X86_64_SOME" : NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct elf_file file = {.path = "fuzz", .data = data, .size = size};

	printed = 0;
	if (elf_file_open(&file)) {
		promise(file.count == 0 || file.sections);
		elf_print_header(&file);
		elf_print_sections(&file);
		elf_print_relocations(&file);
		elf_print_symbols(&file);
	}
	/* No row is smaller than 24 bytes; but several headers may claim the same ones. */
	promise(printed <= (size / 24 + 64) * LINE_MOST * (size / 64 + 1));
	return 0;
}
