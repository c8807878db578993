/* SPDX-License-Identifier: MIT */
/*
 * line.h: the line editor: bytes from the keyboard in, an edited line and what the terminal must
 * be sent out. Pure: all it touches is its own structure and two callbacks.
 */
#ifndef KOAN_SHELL_LINE_H
#define KOAN_SHELL_LINE_H

#include <linux/types.h>
#include <linux/compiler.h>
#include "shell/keys.h"

#define LINE_MAX      4095 /* bytes of a line, as on a Linux terminal; further ones ring the bell */
#define HISTORY_LINES 64

/* What a Tab found. */
struct completion {
	char insert[LINE_MAX + 1]; /* goes in at the cursor; may be empty */
	unsigned int matches;
};

struct line_ops {
	void (*write)(const char *s, size_t len);
	/* Completes the word that ends @line; @line is what stands before the cursor. */
	void (*complete)(const char *line, struct completion *found);
	/* Writes all that the word could become, one after the other. */
	void (*list)(const char *line);
};

/* What line_feed() says of the line after a byte. */
enum line_event {
	LINE_MORE,
	LINE_DONE,   /* Enter */
	LINE_CANCEL, /* Ctrl-C */
	LINE_END,    /* Ctrl-D on an empty line */
};

/* Clear all of it once, then set ops; all that is kept between lines is the history. */
struct line {
	const struct line_ops *ops;
	const char *prompt;

	char text[LINE_MAX + 1]; /* always NUL-terminated */
	size_t len;
	size_t cursor; /* the byte under it */

	struct key_decoder keys;
	bool after_tab; /* a second Tab lists */

	char history[HISTORY_LINES][LINE_MAX + 1];
	unsigned int history_count;    /* lines ever remembered; the last HISTORY_LINES are there */
	unsigned int history_back;     /* how many lines back we are looking; 0: at the new line */
	char unfinished[LINE_MAX + 1]; /* the new line, while we look back */
};

/* Writes the prompt and begins an empty line. */
void line_start(struct line *line, const char *prompt);
enum line_event line_feed(struct line *line, u8 byte);
/* Puts the line into the history, unless it is empty or the same as the last one. */
void line_remember(struct line *line);

#endif
