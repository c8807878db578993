/* SPDX-License-Identifier: MIT */
/*
 * report.h: everything the user is told, on standard error. error() makes the program end with
 * status 1, but only after all that is wrong was found.
 */
#ifndef MODPOST_REPORT_H
#define MODPOST_REPORT_H

#include <stdbool.h>

#define report_like(n) __attribute__((format(printf, n, n + 1)))

/* "ERROR: modpost: ..." and "WARNING: modpost: ..."; the newline is added. */
void error(const char *format, ...) report_like(1);
void warn(const char *format, ...) report_like(1);
/* An error, or with @only_warn a warning. */
void complain(bool only_warn, const char *format, ...) report_like(2);
/* A line below the last one, that says more. */
void hint(const char *format, ...) report_like(1);

/* How often error() was called. */
unsigned int errors_reported(void);

#endif
