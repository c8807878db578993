/* SPDX-License-Identifier: MIT */
/*
 * line_terminal.h: a line of kernel/shell/line.c, and a model of the terminal that it is edited on: one
 * endless row that knows characters, backspace and newline; a completion that knows two words.
 */
#ifndef TESTS_HOST_LINE_TERMINAL_H
#define TESTS_HOST_LINE_TERMINAL_H

#include "libc.h"
#include "shell/line.h"

#define PROMPT "koan# "

/* --- the terminal --- */

static struct {
	char row[LINE_MAX + 64], raw[65536];
	size_t width, cursor, raw_len;
	unsigned int bells;
} terminal;

static void terminal_byte(char c)
{
	if (c == '\b') {
		assert_true(terminal.cursor > 0);
		terminal.cursor--;
	} else if (c == '\a') {
		terminal.bells++;
	} else if (c == '\n') {
		terminal.cursor = 0;
		terminal.width = 0;
	} else {
		assert_true((unsigned char)c >= ' ');
		terminal.row[terminal.cursor++] = c;
		if (terminal.cursor > terminal.width)
			terminal.width = terminal.cursor;
	}
}

static void terminal_write(const char *s, size_t len)
{
	static const char clear[] = "\033[H\033[2J";

	assert_true(terminal.raw_len + len < sizeof(terminal.raw));
	memcpy(terminal.raw + terminal.raw_len, s, len);
	terminal.raw_len += len;
	if (len == strlen(clear) && memcmp(s, clear, len) == 0) {
		terminal.width = 0;
		terminal.cursor = 0;
		return;
	}
	while (len--)
		terminal_byte(*s++);
}

/* --- a completion that knows two words --- */

static void complete(const char *line, struct completion *found)
{
	if (strcmp(line, "in") == 0 || strcmp(line, "ins") == 0) {
		strcpy(found->insert, &"insmod "[strlen(line)]);
		found->matches = 1;
	} else if (strcmp(line, "ec") == 0) {
		found->matches = 3;
	}
}

static void list(const char *line)
{
	terminal_write("[", 1);
	terminal_write(line, strlen(line));
	terminal_write("]\n", 2);
}

static const struct line_ops ops = {.write = terminal_write, .complete = complete, .list = list};
static struct line line;

/* --- driving it --- */

static void start(void)
{
	memset(&terminal, 0, sizeof(terminal));
	line_start(&line, PROMPT);
}

static int begin(void **state)
{
	(void)state;
	memset(&line, 0, sizeof(line));
	line.ops = &ops;
	start();
	return 0;
}

static enum line_event type_bytes(const char *bytes, size_t len)
{
	enum line_event event = LINE_MORE;

	while (len-- && event == LINE_MORE)
		event = line_feed(&line, (unsigned char)*bytes++);
	return event;
}

static enum line_event type(const char *bytes)
{
	return type_bytes(bytes, strlen(bytes));
}

/* The row shows the prompt and the line; what else it holds is blank. */
static void check_screen(void)
{
	char expected[LINE_MAX + 64];
	size_t len;

	len = (size_t)snprintf(expected, sizeof(expected), PROMPT "%s", line.text);
	assert_int_equal(line.len, strlen(line.text));
	assert_true(terminal.width >= len);
	assert_memory_equal(terminal.row, expected, len);
	for (size_t i = len; i < terminal.width; i++)
		assert_int_equal(terminal.row[i], ' ');
	assert_int_equal(terminal.cursor, strlen(PROMPT) + line.cursor);
}

/* Types @keys into a new line: then the line is @text with the cursor at the bar. */
static void expect(const char *keys, const char *text)
{
	char with_bar[2048];

	start();
	assert_int_equal(type(keys), LINE_MORE);
	snprintf(with_bar, sizeof(with_bar), "%.*s|%s", (int)line.cursor, line.text,
		 line.text + line.cursor);
	assert_string_equal(with_bar, text);
	check_screen();
}

#endif
