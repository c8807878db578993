/* SPDX-License-Identifier: MIT */
/* line_edit.h: the few changes that all editing keys are made of. Private to line.c. */
#ifndef KOAN_SHELL_LINE_EDIT_H
#define KOAN_SHELL_LINE_EDIT_H

#include "shell/line.h"

/* To the terminal. */
void line_send(struct line *line, const char *s);
void line_bell(struct line *line);

/* Where the character, or the word, before or behind byte @at begins or ends. */
size_t line_char_before(const struct line *line, size_t at);
size_t line_char_after(const struct line *line, size_t at);
size_t line_word_before(const struct line *line, size_t at);
size_t line_word_after(const struct line *line, size_t at);

void line_move(struct line *line, size_t at);
/* At the cursor; rings the bell when it does not fit. */
void line_insert(struct line *line, const char *s, size_t len);
/* Takes [start, end) out; the cursor ends at @start. */
void line_erase(struct line *line, size_t start, size_t end);
/* The whole line. */
void line_replace(struct line *line, const char *text);
/* After something else was written to the terminal: the prompt and the line, as they were. */
void line_redraw(struct line *line);

#endif
