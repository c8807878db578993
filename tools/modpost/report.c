/* SPDX-License-Identifier: MIT */
/* report.c: see report.h. */
#include "report.h"

#include <stdarg.h>
#include <stdio.h>

static unsigned int errors;

static void print(const char *prefix, const char *format, va_list args)
{
	fputs(prefix, stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
}

#define PRINT(prefix, format)                                                                      \
	do {                                                                                       \
		va_list args;                                                                      \
		va_start(args, format);                                                            \
		print(prefix, format, args);                                                       \
		va_end(args);                                                                      \
	} while (0)

void error(const char *format, ...)
{
	errors++;
	PRINT("ERROR: modpost: ", format);
}

void warn(const char *format, ...)
{
	PRINT("WARNING: modpost: ", format);
}

void complain(bool only_warn, const char *format, ...)
{
	if (!only_warn)
		errors++;
	PRINT(only_warn ? "WARNING: modpost: " : "ERROR: modpost: ", format);
}

void hint(const char *format, ...)
{
	PRINT("                ", format);
}

unsigned int errors_reported(void)
{
	return errors;
}
