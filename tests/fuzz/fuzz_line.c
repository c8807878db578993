/* SPDX-License-Identifier: MIT */
/*
 * fuzz_line.c: any bytes as keys. The line must keep its bounds, and what the terminal shows must
 * be the line: a small terminal of our own reads what the editor writes.
 */
#include <string.h>

#include "fuzz.h"
#include "shell/line.h"

#define PROMPT	"koan# "
#define COLUMNS (LINE_MAX + sizeof(PROMPT))

/* One row of characters; a character of UTF-8 may have any number of bytes, and is kept as one. */
static struct {
	char first[COLUMNS + 1]; /* the first byte of each character */
	size_t width, cursor;
	bool escape;
} row;

/* Not the first byte of a character. */
static bool is_inside(char c)
{
	return ((uint8_t)c & 0xc0) == 0x80;
}

static void row_clear(void)
{
	memset(&row, 0, sizeof(row));
}

static void row_put(char c)
{
	promise(row.cursor < COLUMNS);
	row.first[row.cursor++] = c;
	if (row.cursor > row.width)
		row.width = row.cursor;
}

/* The only sequences that the editor sends: the cursor home (H), all clear (J). */
static void in_escape(char c)
{
	if (c == '[' || (c >= '0' && c <= '9'))
		return;
	promise(c == 'H' || c == 'J');
	row_clear();
}

static void terminal(const char *s, size_t len)
{
	for (; len; s++, len--) {
		if (row.escape)
			in_escape(*s);
		else if (*s == '\033')
			row.escape = true;
		else if (*s == '\n')
			row_clear();
		else if (*s == '\b')
			promise(row.cursor-- > 0);
		else if (*s != '\a' && !is_inside(*s))
			row_put(*s);
	}
}

/* Two answers, so that both ways of Tab are taken. */
static void complete(const char *line, struct completion *found)
{
	size_t len = strlen(line);

	promise(len <= LINE_MAX);
	if (len % 2) {
		strcpy(found->insert, "ample ");
		found->matches = 1;
	} else {
		found->matches = 2;
	}
}

static void list(const char *line)
{
	promise(strlen(line) <= LINE_MAX);
	terminal("one  two\n", 9);
}

static const struct line_ops ops = {.write = terminal, .complete = complete, .list = list};

static size_t characters(const char *s, size_t len)
{
	size_t n = 0;

	for (; len; s++, len--)
		n += !is_inside(*s);
	return n;
}

/* Whether the row shows the prompt and the line, with the cursor where the line has it. */
static void check_row(const struct line *line)
{
	size_t prompt = sizeof(PROMPT) - 1, at = prompt;
	const char *c;

	promise(row.cursor == prompt + characters(line->text, line->cursor));
	promise(memcmp(row.first, PROMPT, prompt) == 0);
	for (c = line->text; *c; c++)
		if (!is_inside(*c))
			promise(row.first[at++] == *c);
	while (at < row.width)
		promise(row.first[at++] == ' ');
}

static void check_line(const struct line *line)
{
	promise(line->len <= LINE_MAX);
	promise(line->cursor <= line->len);
	promise(strlen(line->text) == line->len);
}

/* A text that begins inside a character has no first byte for it: nothing can be said of its row. */
static bool starts_inside(const uint8_t *data, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (is_inside((char)data[i]))
			return true;
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	bool one_byte_each = !starts_inside(data, size);
	static struct line line;

	memset(&line, 0, sizeof(line));
	line.ops = &ops;
	row_clear();
	line_start(&line, PROMPT);
	for (size_t i = 0; i < size; i++) {
		enum line_event event = line_feed(&line, data[i]);

		check_line(&line);
		if (event != LINE_MORE) {
			line_remember(&line);
			row_clear();
			line_start(&line, PROMPT);
		}
		if (one_byte_each)
			check_row(&line);
	}
	return 0;
}
