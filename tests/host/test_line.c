/* SPDX-License-Identifier: MIT */
/*
 * test_line.c: kernel/shell/line.c, line_edit.c and keys.c. What the editor writes goes to the row
 * of line_terminal.h. At every moment that row must show the prompt and the line, with the cursor at
 * the right place.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "line_terminal.h"

/* What scripts rely on: what is typed comes back, byte by byte, and nothing else. */
static void test_typing_echoes_itself(void **state)
{
	(void)state;
	assert_int_equal(type("ls | wc -l\r"), LINE_DONE);
	assert_string_equal(line.text, "ls | wc -l");
	assert_string_equal(terminal.raw, PROMPT "ls | wc -l\n");
}

static void test_ends_of_line(void **state)
{
	(void)state;
	assert_int_equal(type("a\n"), LINE_DONE);
	start();
	assert_int_equal(type("b\r"), LINE_DONE);
	start();
	/* The newline after a return belongs to it; the next one is a line of its own. */
	assert_int_equal(type("\n"), LINE_MORE);
	assert_int_equal(type("c\n"), LINE_DONE);
	assert_string_equal(line.text, "c");
	start();
	assert_int_equal(type("\n"), LINE_DONE);
	start();
	assert_int_equal(type("\r"), LINE_DONE);
	start();
	assert_int_equal(type("\r"), LINE_DONE);
}

static void test_motion(void **state)
{
	(void)state;
	expect("abc\033[D", "ab|c");
	expect("abc\033OD\033OD", "a|bc");
	expect("abc\x02\x02\x02\x02\x06", "a|bc");
	expect("abc\033[D\033[C\033[C", "abc|");
	expect("abc\001", "|abc");
	expect("abc\033[H", "|abc");
	expect("abc\033OH", "|abc");
	expect("abc\033[1~", "|abc");
	expect("abc\033[7~", "|abc");
	expect("abc\001\005", "abc|");
	expect("abc\001\033[F", "abc|");
	expect("abc\001\033OF", "abc|");
	expect("abc\001\033[4~", "abc|");
	expect("abc\001\033[8~", "abc|");
	expect("one two  three\033b\033b", "one |two  three");
	expect("one two  three\033[1;5D", "one two  |three");
	expect("one two  three\001\033f\033f", "one two|  three");
	expect("one two  three\001\033[1;5C", "one| two  three");
}

static void test_inserting(void **state)
{
	(void)state;
	expect("ac\033[Db", "ab|c");
	expect("bc\001a", "a|bc");
}

static void test_erasing(void **state)
{
	(void)state;
	expect("abc\177", "ab|");
	expect("abc\010\010\010\010", "|");
	expect("abc\033[D\177", "a|c");
	expect("abc\001\033[3~", "|bc");
	expect("abc\001\004", "|bc");
	expect("abc\004", "abc|");
	expect("abc\033[D\025", "|c");
	expect("abc\001\033[C\013", "a|");
	expect("one two  \027", "one |");
	expect("one two\033\177", "one |");
	expect("one two\027\027\027", "|");
}

static void test_unknown_keys_are_swallowed(void **state)
{
	(void)state;
	expect("a\033[5~b", "ab|");
	expect("a\033[15;2~b", "ab|");
	expect("a\033[1;2;3;4;5;6;7;8;9~b", "ab|");
	expect("a\033xb", "ab|");
	expect("a\033OPb", "ab|");
	/* A control character ends a sequence, and counts. */
	expect("ab\033[\001", "|ab");
	expect("ab\033\033[D", "a|b");
	expect("a\x1c\x1d\x1f"
	       "b",
	       "ab|");
}

static void test_cancel_and_end(void **state)
{
	(void)state;
	assert_int_equal(type("abc\003"), LINE_CANCEL);
	assert_string_equal(terminal.raw, PROMPT "abc^C\n");
	start();
	assert_int_equal(line.len, 0);
	assert_int_equal(type("\004"), LINE_END);
}

static void test_clear(void **state)
{
	(void)state;
	expect("abc\033[D\014", "ab|c");
	assert_non_null(strstr(terminal.raw, "\033[H\033[2J" PROMPT "abc\b"));
}

/* A character of several bytes is one column and one keystroke. */
static void test_utf8(void **state)
{
	(void)state;
	assert_int_equal(type("a\xc3\xa4\xe2\x82\xac"), LINE_MORE);
	assert_int_equal(line.len, 6);
	assert_string_equal(terminal.raw, PROMPT "a\xc3\xa4\xe2\x82\xac");
	type("\033[D\033[D");
	assert_int_equal(line.cursor, 1);
	assert_string_equal(terminal.raw + strlen(PROMPT) + 6, "\b\b");
	type("\033[C\177");
	assert_string_equal(line.text, "a\xe2\x82\xac");
}

static void test_long_lines(void **state)
{
	(void)state;
	for (int i = 0; i < LINE_MAX; i++)
		type("x");
	assert_int_equal(terminal.bells, 0);
	type("y");
	assert_int_equal(terminal.bells, 1);
	assert_int_equal(line.len, LINE_MAX);
	assert_null(strchr(line.text, 'y'));
	check_screen();
	/* What was typed is not lost, and can still be run. */
	assert_int_equal(type("\r"), LINE_DONE);
	assert_int_equal(line.len, LINE_MAX);
}

static void enter(const char *text)
{
	start();
	assert_int_equal(type(text), LINE_MORE);
	assert_int_equal(type("\r"), LINE_DONE);
	line_remember(&line);
}

static void test_history(void **state)
{
	(void)state;
	expect("\033[A", "|");
	assert_int_equal(terminal.bells, 1);
	enter("first");
	enter("second one");
	enter("second one"); /* repeated: kept once */
	enter("");	     /* empty: not kept */
	expect("\033[A", "second one|");
	expect("\033[A\033[A", "first|");
	expect("\033[A\033[A\033[A", "first|");
	assert_int_equal(terminal.bells, 1);
	expect("new\033[A\033[A\033[B\033[B", "new|");
	expect("\020\020\016", "second one|");
	expect("\033[B", "|");
	assert_int_equal(terminal.bells, 1);
	/* A line out of the history can be changed, and the history stays. */
	expect("\033[A\033[A!\033[B\033[A", "first|");
}

static void test_history_forgets_the_oldest(void **state)
{
	char text[16];
	int i;

	(void)state;
	for (i = 0; i < HISTORY_LINES + 10; i++) {
		snprintf(text, sizeof(text), "line %d", i);
		enter(text);
	}
	start();
	for (i = 0; i < HISTORY_LINES; i++)
		type("\033[A");
	assert_string_equal(line.text, "line 10");
	assert_int_equal(terminal.bells, 0);
	type("\033[A");
	assert_string_equal(line.text, "line 10");
	assert_int_equal(terminal.bells, 1);
}

static void test_tab(void **state)
{
	(void)state;
	expect("in\t", "insmod |");
	expect("in x\033[D\033[D\t", "insmod | x");
	expect("zz\t", "zz|");
	assert_int_equal(terminal.bells, 1);
	/* Several: the bell first, then the list, then the line again. */
	expect("ec\t", "ec|");
	assert_int_equal(terminal.bells, 1);
	assert_null(strchr(terminal.raw, '['));
	expect("ec\t\t", "ec|");
	assert_non_null(strstr(terminal.raw, "\n[ec]\n" PROMPT "ec"));
	/* Only a second Tab at once lists. */
	expect("ec\t\001\005\t", "ec|");
	assert_null(strchr(terminal.raw, '['));
}

/* Where text is read, a Tab is a character. */
static void test_tab_without_completion(void **state)
{
	static const struct line_ops text_ops = {.write = terminal_write};

	(void)state;
	line.ops = &text_ops;
	type("a\tb");
	assert_string_equal(line.text, "a\tb");
	assert_string_equal(terminal.raw, PROMPT "a b");
}

/* Any keys in any order: the screen stays right, and the line stays a string. */
static void test_random_keys(void **state)
{
	static const char *const keys[] = {
		"a",	   "b",
		" ",	   "c d",
		"\033[A",  "\033[B",
		"\033[C",  "\033[D",
		"\033[H",  "\033[F",
		"\033[3~", "\177",
		"\001",	   "\005",
		"\025",	   "\013",
		"\027",	   "\014",
		"\033b",   "\033f",
		"\t",	   "\003",
		"\r",	   "\n",
		"\004",	   "long words and more",
	};
	unsigned long long seed = 1;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		enum line_event event =
			type(keys[next_random(&seed) % (sizeof(keys) / sizeof(*keys))]);

		if (event != LINE_MORE) {
			line_remember(&line);
			start();
		}
		terminal.raw_len = 0;
		check_screen();
	}
}

/* Arbitrary bytes: whatever comes, the editor stays inside its buffers. */
static void discard(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		terminal.bells += s[i] == '\a';
}

static void test_random_bytes(void **state)
{
	static const struct line_ops quiet = {.write = discard};
	unsigned long long seed = 2;

	(void)state;
	line.ops = &quiet;
	for (int i = 0; i < 300000; i++) {
		if (line_feed(&line, (unsigned char)next_random(&seed)) != LINE_MORE) {
			line_remember(&line);
			line_start(&line, "");
		}
		assert_true(line.cursor <= line.len && line.len <= LINE_MAX);
		assert_int_equal(line.text[line.len], '\0');
	}
}

#define TEST(f) cmocka_unit_test_setup(f, begin)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_typing_echoes_itself),
		TEST(test_ends_of_line),
		TEST(test_motion),
		TEST(test_inserting),
		TEST(test_erasing),
		TEST(test_unknown_keys_are_swallowed),
		TEST(test_cancel_and_end),
		TEST(test_clear),
		TEST(test_utf8),
		TEST(test_long_lines),
		TEST(test_history),
		TEST(test_history_forgets_the_oldest),
		TEST(test_tab),
		TEST(test_tab_without_completion),
		TEST(test_random_keys),
		TEST(test_random_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
