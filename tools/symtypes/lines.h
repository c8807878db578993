/* SPDX-License-Identifier: MIT */
/* lines.h: which lines two texts have in common. */
#ifndef SYMTYPES_LINES_H
#define SYMTYPES_LINES_H

#include <stddef.h>

struct line {
	const char *bytes; /* borrowed; ends in a newline */
	size_t length;
	char mark; /* ' ': of both texts; '-': of the old one only; '+': of the new one only */
};

struct lines {
	struct line *line;
	size_t count;
};

/* The lines of both texts, those in common once, in an order that both agree to. */
void lines_compare(struct lines *lines, const char *old, const char *new);
/* Those not in common, the first one, and what is near. */
void lines_print(const struct lines *lines);
void lines_free(struct lines *lines);

#endif
