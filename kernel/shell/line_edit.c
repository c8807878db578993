/* SPDX-License-Identifier: MIT */
/*
 * line_edit.c: changes to the line that is edited, and what the terminal is sent for each.
 *
 * A character typed at the end of the line sends just itself, so that a transcript shows what was
 * typed. Everything else is made of characters, blanks and backspaces: it works on any terminal, as
 * long as the line fits on one row of it.
 *
 * Bytes with the high bit set are taken as UTF-8: the cursor moves over whole characters, and each
 * is taken to be one column wide.
 */
#include "shell/line_edit.h"

#include <linux/kernel.h>
#include <linux/string.h>

#define BELL "\a"

/* A tab is shown as one blank, so that every character is one column. */
static void send(struct line *line, const char *s, size_t len)
{
	const char *tab;

	while ((tab = memchr(s, '\t', len))) {
		if (tab > s)
			line->ops->write(s, (size_t)(tab - s));
		line->ops->write(" ", 1);
		len -= (size_t)(tab + 1 - s);
		s = tab + 1;
	}
	if (len)
		line->ops->write(s, len);
}

void line_send(struct line *line, const char *s)
{
	send(line, s, strlen(s));
}

void line_bell(struct line *line)
{
	line_send(line, BELL);
}

/* --- characters and columns --- */

/* Inside a character: UTF-8's 10xxxxxx. */
static bool is_continuation(char c)
{
	return ((u8)c & 0xc0) == 0x80;
}

static size_t columns(const char *s, size_t len)
{
	size_t n = 0;

	while (len--)
		n += !is_continuation(*s++);
	return n;
}

static void send_repeated(struct line *line, char c, size_t n)
{
	while (n--)
		send(line, &c, 1);
}

size_t line_char_before(const struct line *line, size_t at)
{
	if (at)
		at--;
	while (at && is_continuation(line->text[at]))
		at--;
	return at;
}

size_t line_char_after(const struct line *line, size_t at)
{
	if (at < line->len)
		at++;
	while (at < line->len && is_continuation(line->text[at]))
		at++;
	return at;
}

size_t line_word_before(const struct line *line, size_t at)
{
	while (at && line->text[at - 1] == ' ')
		at--;
	while (at && line->text[at - 1] != ' ')
		at--;
	return at;
}

size_t line_word_after(const struct line *line, size_t at)
{
	while (at < line->len && line->text[at] == ' ')
		at++;
	while (at < line->len && line->text[at] != ' ')
		at++;
	return at;
}

/* --- the few operations that all keys are made of --- */

/* To the left by backspaces, to the right by writing again what is there. */
void line_move(struct line *line, size_t at)
{
	if (at < line->cursor)
		send_repeated(line, '\b', columns(line->text + at, line->cursor - at));
	else
		send(line, line->text + line->cursor, at - line->cursor);
	line->cursor = at;
}

/* Writes what follows the cursor, @blanks over what was longer before, and comes back. */
static void redraw_tail(struct line *line, size_t blanks)
{
	const char *tail = line->text + line->cursor;
	size_t len = line->len - line->cursor;

	send(line, tail, len);
	send_repeated(line, ' ', blanks);
	send_repeated(line, '\b', columns(tail, len) + blanks);
}

void line_insert(struct line *line, const char *s, size_t len)
{
	char *at = line->text + line->cursor;

	if (len > LINE_MAX - line->len) {
		line_bell(line);
		return;
	}
	memmove(at + len, at, line->len - line->cursor + 1);
	memcpy(at, s, len);
	line->len += len;
	line->cursor += len;
	send(line, s, len);
	redraw_tail(line, 0);
}

void line_erase(struct line *line, size_t start, size_t end)
{
	size_t width = columns(line->text + start, end - start);

	if (start == end)
		return;
	line_move(line, start);
	memmove(line->text + start, line->text + end, line->len - end + 1);
	line->len -= end - start;
	redraw_tail(line, width);
}

void line_replace(struct line *line, const char *text)
{
	line_move(line, 0);
	line_erase(line, 0, line->len);
	line_insert(line, text, strlen(text));
}

void line_redraw(struct line *line)
{
	size_t cursor = line->cursor;

	line_send(line, line->prompt);
	send(line, line->text, line->len);
	line->cursor = line->len;
	line_move(line, cursor);
}
