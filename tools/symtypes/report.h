/* SPDX-License-Identifier: MIT */
/* report.h: everything the user is told on standard error: "symtypes: FILE: what". */
#ifndef SYMTYPES_REPORT_H
#define SYMTYPES_REPORT_H

#define EXIT_TROUBLE 2

/* The program cannot do its work: ends it, with status EXIT_TROUBLE. */
void trouble(const char *path, const char *format, ...)
	__attribute__((noreturn, format(printf, 2, 3)));
/* The program goes on. */
void note(const char *path, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
