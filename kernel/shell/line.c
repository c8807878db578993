/* SPDX-License-Identifier: MIT */
/*
 * line.c: the line editor. Which key a byte (or a sequence of bytes) means is in keys.c's table;
 * here is what each key does to the line, and what the terminal is sent for it.
 *
 * A character typed at the end of the line sends just itself, so that a transcript shows what was
 * typed. Everything else is made of characters, blanks and backspaces: it works on any terminal, as
 * long as the line fits on one row of it. Only Ctrl-L sends an escape sequence.
 *
 * Bytes with the high bit set are taken as UTF-8: the cursor moves over whole characters, and each
 * is taken to be one column wide.
 */
#include "shell/line.h"

#include <linux/kernel.h>
#include <linux/string.h>

#define CLEAR_SCREEN "\033[H\033[2J"
#define BELL	     "\a"

static void send(struct line *line, const char *s, size_t len)
{
	if (len)
		line->ops->write(s, len);
}

static void send_text(struct line *line, const char *s)
{
	send(line, s, strlen(s));
}

static void bell(struct line *line)
{
	send_text(line, BELL);
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

static size_t char_before(const struct line *line, size_t at)
{
	if (at)
		at--;
	while (at && is_continuation(line->text[at]))
		at--;
	return at;
}

static size_t char_after(const struct line *line, size_t at)
{
	if (at < line->len)
		at++;
	while (at < line->len && is_continuation(line->text[at]))
		at++;
	return at;
}

static size_t word_before(const struct line *line, size_t at)
{
	while (at && line->text[at - 1] == ' ')
		at--;
	while (at && line->text[at - 1] != ' ')
		at--;
	return at;
}

static size_t word_after(const struct line *line, size_t at)
{
	while (at < line->len && line->text[at] == ' ')
		at++;
	while (at < line->len && line->text[at] != ' ')
		at++;
	return at;
}

/* --- the few operations that all keys are made of --- */

/* To the left by backspaces, to the right by writing again what is there. */
static void move_to(struct line *line, size_t at)
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

static void insert(struct line *line, const char *s, size_t len)
{
	char *at = line->text + line->cursor;

	if (len > LINE_MAX - line->len) {
		bell(line);
		return;
	}
	memmove(at + len, at, line->len - line->cursor + 1);
	memcpy(at, s, len);
	line->len += len;
	line->cursor += len;
	send(line, s, len);
	redraw_tail(line, 0);
}

/* Takes [start, end) out; the cursor ends at start. */
static void erase(struct line *line, size_t start, size_t end)
{
	size_t width = columns(line->text + start, end - start);

	if (start == end)
		return;
	move_to(line, start);
	memmove(line->text + start, line->text + end, line->len - end + 1);
	line->len -= end - start;
	redraw_tail(line, width);
}

static void replace(struct line *line, const char *text)
{
	move_to(line, 0);
	erase(line, 0, line->len);
	insert(line, text, strlen(text));
}

/* After something else was written to the terminal: the prompt and the line, as they were. */
static void redraw(struct line *line)
{
	size_t cursor = line->cursor;

	send_text(line, line->prompt);
	send(line, line->text, line->len);
	line->cursor = line->len;
	move_to(line, cursor);
}

/* --- history --- */

static char *history_slot(struct line *line, unsigned int back)
{
	return line->history[(line->history_count - back) % HISTORY_LINES];
}

static void history_go(struct line *line, unsigned int back)
{
	if (!line->history_back)
		strcpy(line->unfinished, line->text);
	line->history_back = back;
	replace(line, back ? history_slot(line, back) : line->unfinished);
}

static void history_up(struct line *line)
{
	if (line->history_back < min_t(unsigned int, line->history_count, HISTORY_LINES))
		history_go(line, line->history_back + 1);
	else
		bell(line);
}

static void history_down(struct line *line)
{
	if (line->history_back)
		history_go(line, line->history_back - 1);
	else
		bell(line);
}

void line_remember(struct line *line)
{
	if (!line->len || (line->history_count && !strcmp(history_slot(line, 1), line->text)))
		return;
	strcpy(history_slot(line, 0), line->text);
	line->history_count++;
}

/* --- Tab --- */

static void complete(struct line *line, bool again)
{
	static struct completion found; /* too large for the stack; one line is edited at a time */
	char before[LINE_MAX + 1];

	if (!line->ops->complete) {
		insert(line, "\t", 1);
		return;
	}
	memcpy(before, line->text, line->cursor);
	before[line->cursor] = '\0';
	memset(&found, 0, sizeof(found));
	line->ops->complete(before, &found);
	insert(line, found.insert, strlen(found.insert));
	if (found.matches == 1 || *found.insert)
		return;
	if (!again || !found.matches) {
		bell(line);
		line->after_tab = true;
		return;
	}
	send_text(line, "\n");
	line->ops->list(before);
	redraw(line);
}

/* --- keys --- */

static void do_motion(struct line *line, enum key key)
{
	switch (key) {
	case KEY_LEFT:
		move_to(line, char_before(line, line->cursor));
		break;
	case KEY_RIGHT:
		move_to(line, char_after(line, line->cursor));
		break;
	case KEY_WORD_LEFT:
		move_to(line, word_before(line, line->cursor));
		break;
	case KEY_WORD_RIGHT:
		move_to(line, word_after(line, line->cursor));
		break;
	case KEY_HOME:
		move_to(line, 0);
		break;
	case KEY_END:
		move_to(line, line->len);
		break;
	default:
		break;
	}
}

static void do_erasure(struct line *line, enum key key)
{
	switch (key) {
	case KEY_BACKSPACE:
		erase(line, char_before(line, line->cursor), line->cursor);
		break;
	case KEY_DELETE:
		erase(line, line->cursor, char_after(line, line->cursor));
		break;
	case KEY_KILL_LEFT:
		erase(line, 0, line->cursor);
		break;
	case KEY_KILL_RIGHT:
		erase(line, line->cursor, line->len);
		break;
	case KEY_KILL_WORD:
		erase(line, word_before(line, line->cursor), line->cursor);
		break;
	default:
		break;
	}
}

static void do_other(struct line *line, enum key key, bool after_tab)
{
	switch (key) {
	case KEY_UP:
		history_up(line);
		break;
	case KEY_DOWN:
		history_down(line);
		break;
	case KEY_TAB:
		complete(line, after_tab);
		break;
	case KEY_CLEAR:
		send_text(line, CLEAR_SCREEN);
		redraw(line);
		break;
	default:
		break;
	}
}

/* Leaves the edited line in place, for its reader, and the terminal on a new row. */
static enum line_event finish(struct line *line, enum line_event event)
{
	send_text(line, event == LINE_CANCEL ? "^C\n" : "\n");
	return event;
}

void line_start(struct line *line, const char *prompt)
{
	line->prompt = prompt;
	line->text[0] = '\0';
	line->len = 0;
	line->cursor = 0;
	line->after_tab = false;
	line->history_back = 0;
	send_text(line, prompt);
}

enum line_event line_feed(struct line *line, u8 byte)
{
	enum key key = key_decode(&line->keys, byte);
	bool after_tab = line->after_tab;
	char c = (char)byte;

	if (key == KEY_NONE)
		return LINE_MORE;
	line->after_tab = false;
	if (key == KEY_DELETE_OR_END && !line->len)
		return LINE_END;
	if (key == KEY_ENTER || key == KEY_INTERRUPT)
		return finish(line, key == KEY_ENTER ? LINE_DONE : LINE_CANCEL);
	if (key == KEY_CHAR) {
		insert(line, &c, 1);
		return LINE_MORE;
	}
	do_motion(line, key);
	do_erasure(line, key == KEY_DELETE_OR_END ? KEY_DELETE : key);
	do_other(line, key, after_tab);
	return LINE_MORE;
}
