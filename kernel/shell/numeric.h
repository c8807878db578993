/* SPDX-License-Identifier: MIT */
/* numeric.h: comparing numbers that are written in text, as `sort -n` does. Pure. */
#ifndef KOAN_SHELL_NUMERIC_H
#define KOAN_SHELL_NUMERIC_H

#include <linux/types.h>
#include <linux/compiler.h>

/*
 * Blanks, "-", digits, "." and digits at the start of each text; no number counts as 0. Below 0,
 * 0 or above, as strcmp(). Exact however long the numbers are.
 */
int numeric_compare(const char *a, size_t a_len, const char *b, size_t b_len);

#endif
