/* SPDX-License-Identifier: MIT */
/* report.c: see report.h. */
#include "report.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static void print(const char *path, const char *format, va_list args)
{
	fprintf(stderr, "symtypes: %s: ", path);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
}

void trouble(const char *path, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print(path, format, args);
	va_end(args);
	exit(EXIT_TROUBLE);
}

void note(const char *path, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print(path, format, args);
	va_end(args);
}
