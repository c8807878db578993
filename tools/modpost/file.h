/* SPDX-License-Identifier: MIT */
/* file.h: whole files, in and out. */
#ifndef MODPOST_FILE_H
#define MODPOST_FILE_H

#include <stddef.h>

/*
 * The file's bytes and a NUL behind them, to be freed; NULL with errno when it cannot be read.
 * @path "-" is standard input.
 */
char *file_read(const char *path, size_t *size);

/*
 * Calls @take for each line of @path that is not empty, without its newline; the line is gone when
 * the last call returns. Reports a file that cannot be read.
 */
void file_each_line(const char *path, void (*take)(const char *line));

/* Text under construction. All zero is empty. */
struct text {
	char *bytes;
	size_t length, capacity;
};

void text_add(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * Makes @path hold @text, and frees @text. A file that holds it already is left alone, so that
 * make does not rebuild what depends on it. Reports failure.
 */
void file_update(const char *path, struct text *text);

#endif
