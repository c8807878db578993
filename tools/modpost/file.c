/* SPDX-License-Identifier: MIT */
/*
 * file.c: see file.h. Output goes to a new file that then takes the place of the old one: who
 * interrupts us finds one or the other, never half of one.
 */
#include "file.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "modpost.h"
#include "report.h"

static char *read_stream(FILE *stream, size_t *size)
{
	struct text text = {0};
	char chunk[65536];
	size_t got;

	/* An empty file is an empty text, not NULL, which means that it cannot be read. */
	text_add(&text, "%s", "");
	while ((got = fread(chunk, 1, sizeof(chunk), stream))) {
		text.capacity = text.length + got + 1;
		text.bytes = realloc(text.bytes, text.capacity);
		if (!text.bytes)
			return NULL;
		memcpy(text.bytes + text.length, chunk, got);
		text.length += got;
	}
	text.bytes[text.length] = '\0';
	*size = text.length;
	if (!ferror(stream))
		return text.bytes;
	free(text.bytes);
	return NULL;
}

char *file_read(const char *path, size_t *size)
{
	FILE *stream;
	char *bytes;
	int saved;

	if (!strcmp(path, "-"))
		return read_stream(stdin, size);
	stream = fopen(path, "rb");
	if (!stream)
		return NULL;
	bytes = read_stream(stream, size);
	saved = errno; /* the caller tells what went wrong with reading, not with closing */
	fclose(stream);
	errno = saved;
	return bytes;
}

void file_each_line(const char *path, void (*take)(const char *line))
{
	size_t size;
	char *text = file_read(path, &size), *position, *line;

	if (!text) {
		error("%s: %s", path, strerror(errno));
		return;
	}
	for (line = strtok_r(text, "\n", &position); line; line = strtok_r(NULL, "\n", &position))
		take(line);
	free(text);
}

void text_add(struct text *text, const char *format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args); /* first how much room; then the text itself */
	va_end(args);
	if (length < 0)
		abort(); /* a format of ours is wrong */
	if (text->length + (size_t)length >= text->capacity) {
		text->capacity = 2 * (text->length + (size_t)length) + 64;
		text->bytes = realloc(text->bytes, text->capacity);
		if (!text->bytes) {
			fputs("ERROR: modpost: out of memory\n", stderr);
			exit(1);
		}
	}
	va_start(args, format);
	vsnprintf(text->bytes + text->length, (size_t)length + 1, format, args);
	va_end(args);
	text->length += (size_t)length;
}

static bool holds_already(const char *path, const struct text *text)
{
	size_t size;
	char *old = file_read(path, &size);
	bool same = old && size == text->length && !memcmp(old, text->bytes, size);

	free(old);
	return same;
}

static bool write_whole(const char *path, const struct text *text)
{
	FILE *stream = fopen(path, "wb");
	bool good;

	if (!stream)
		return false;
	/* A full disk is sometimes noticed only when the last buffer is written: by fclose(). */
	good = fwrite(text->bytes, 1, text->length, stream) == text->length;
	return fclose(stream) == 0 && good;
}

void file_update(const char *path, struct text *text)
{
	char *new = xasprintf("%s.new", path);

	text_add(text, "%s", "");
	if (!holds_already(path, text) && (!write_whole(new, text) || rename(new, path))) {
		error("%s: cannot be written: %s", path, strerror(errno));
		remove(new);
	}
	free(new);
	free(text->bytes);
	*text = (struct text){0};
}
