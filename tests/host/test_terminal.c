/* SPDX-License-Identifier: MIT */
/* test_terminal.c: modules/drivers/vga/terminal.c. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "libc.h"
#include "drivers/vga/terminal.h"

#define ROWS	4
#define COLUMNS 10

static struct terminal terminal;
static u16 *cells; /* on the heap, so that a write outside is seen */

static int setup(void **state)
{
	(void)state;
	cells = malloc(ROWS * COLUMNS * sizeof(*cells));
	terminal_start(&terminal, cells, ROWS, COLUMNS);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	free(cells);
	return 0;
}

static void feed(const char *text)
{
	terminal_write(&terminal, text, strlen(text));
}

/* Row @row, without the blanks at its end. */
static void expect_row(unsigned int row, const char *wanted)
{
	char text[COLUMNS + 1];
	int len = COLUMNS;

	for (unsigned int i = 0; i < COLUMNS; i++)
		text[i] = (char)cells[row * COLUMNS + i];
	while (len && text[len - 1] == ' ')
		len--;
	text[len] = '\0';
	assert_string_equal(text, wanted);
}

static void expect(const char *first, const char *second, const char *third, const char *fourth)
{
	expect_row(0, first);
	expect_row(1, second);
	expect_row(2, third);
	expect_row(3, fourth);
}

static void expect_cursor(unsigned int row, unsigned int column)
{
	assert_int_equal(terminal_cursor(&terminal), row * COLUMNS + column);
}

static void test_text(void **state)
{
	(void)state;
	expect("", "", "", "");
	expect_cursor(0, 0);
	feed("one\ntwo\r\nth");
	feed("ree");
	expect("one", "two", "three", "");
	expect_cursor(2, 5);
}

static void test_long_lines_go_on_below(void **state)
{
	(void)state;
	feed("0123456789");
	expect("0123456789", "", "", "");
	expect_cursor(0, 9);
	feed("a");
	expect("0123456789", "a", "", "");
	/* A line that just fits takes one row, not two. */
	feed("\r0123456789\nx");
	expect("0123456789", "0123456789", "x", "");
}

static void test_scrolls(void **state)
{
	(void)state;
	feed("1\n2\n3\n4");
	expect("1", "2", "3", "4");
	feed("\n5\n");
	expect("3", "4", "5", "");
	feed("6\n7\n8\n9\nten\neleven");
	expect("8", "9", "ten", "eleven");
}

static void test_control_characters(void **state)
{
	(void)state;
	feed("abc\b\bX\n");
	feed("\b\bY\n"); /* not beyond the margin */
	feed("\tT\a\n");
	feed("0123456\tE");
	expect("aXc", "Y", "        T", "0123456 E");
	feed("\r0123456789\b_");
	expect_row(3, "01234567_9");
	feed("\r\x01\x02\x7f\x0e-");
	expect_row(3, "-1234567_9");
}

static void test_moving(void **state)
{
	(void)state;
	feed("\033[2;3Ha\033[Ab\033[2Dc\033[2Bd\033[Ce");
	expect("  cb", "  a", "   d e", "");
	feed("\033[99;99Hz\033[Hy\033[99Dx\033[99C>\033[4G4");
	expect("x c4     >", "  a", "   d e", "         z");
	feed("\033[3fw\033[99Av\033[0;0Hu");
	expect_row(2, "w  d e");
	expect_row(0, "uvc4     >");
}

static void test_erasing(void **state)
{
	(void)state;
	feed("0123456789ABCDEFGHIJabcdefghijXXXXXXXXXX");
	feed("\033[2;5H\033[K");
	expect("0123456789", "ABCD", "abcdefghij", "XXXXXXXXXX");
	feed("\033[3;4H\033[1K");
	expect_row(2, "    efghij");
	feed("\033[2K");
	expect("0123456789", "ABCD", "", "XXXXXXXXXX");
	expect_cursor(2, 3);
	feed("\033[1;4H\033[1J");
	expect_row(0, "    456789");
	feed("\033[2;2H\033[J");
	expect("    456789", "A", "", "");
	feed("x\033[2Jy\033[H\033[2J\033[3Jz");
	expect("z", "", "", "");
}

static void expect_colours(unsigned int column, u8 colours)
{
	assert_int_equal(cells[column] >> 8, colours);
}

static void test_colours(void **state)
{
	(void)state;
	feed("a\033[31mb\033[1mc\033[44md\033[7me\033[0mf\033[32;1;41mg\033[mh\033[34;39;49mi");
	expect_row(0, "abcdefghi");
	expect_colours(0, 0x07);
	expect_colours(1, 0x04);
	expect_colours(2, 0x0c);
	expect_colours(3, 0x1c);
	expect_colours(4, 0x49);
	expect_colours(5, 0x07);
	expect_colours(6, 0x4a);
	expect_colours(7, 0x07);
	expect_colours(8, 0x07);
	feed("\033[1;33m\033[22mX");
	expect_colours(9, 0x06);
	/* What is erased has the colours that are chosen. */
	feed("\033[45m\033[2J");
	expect_colours(0, 0x56);
}

static void test_sequences_that_are_not_known(void **state)
{
	(void)state;
	feed("a\033[?25lb\033[5nc\033(d\033[>1;2;3;4;5;6;7;8;9;10;11;12;13zd\033[12345678901234H");
	expect_row(0, "abcd");
	expect_cursor(3, 0);
	feed("\033");
	feed("[");
	feed("2;");
	feed("2HX");
	expect_row(1, " X");
}

static void test_utf8_is_one_mark_a_character(void **state)
{
	(void)state;
	feed("\xc3\xa4-\xe2\x82\xac-\xf0\x9f\x98\x80.");
	expect_row(0, "?-?-?.");
}

static void test_tells_what_changed(void **state)
{
	(void)state;
	terminal_clean(&terminal);
	feed("\n\nx");
	assert_int_equal(terminal.dirty_start, 2);
	assert_int_equal(terminal.dirty_end, 3);
	terminal_clean(&terminal);
	feed("\033[H");
	assert_true(terminal.dirty_start >= terminal.dirty_end);
	feed("\033[4;1H\n");
	assert_int_equal(terminal.dirty_start, 0);
	assert_int_equal(terminal.dirty_end, ROWS);
}

/* Whatever comes, in whatever pieces: nothing outside the cells, and all changes are told. */
static void test_any_bytes(void **state)
{
	static const char likely[] = "\033[;0123456789HJKmABCDG?\n\r\b\tabc ";
	u16 *shown = malloc(ROWS * COLUMNS * sizeof(*cells));
	unsigned long long seed = 5;

	(void)state;
	memcpy(shown, cells, ROWS * COLUMNS * sizeof(*cells));
	terminal_clean(&terminal);
	for (unsigned int i = 0; i < 200000; i++) {
		unsigned long long r = next_random(&seed);
		char byte = r % 8 ? likely[(r >> 8) % (sizeof(likely) - 1)] : (char)(r >> 8);

		terminal_write(&terminal, &byte, 1);
		assert_true(terminal_cursor(&terminal) < ROWS * COLUMNS);
		for (unsigned int row = terminal.dirty_start; row < terminal.dirty_end; row++)
			memcpy(shown + row * COLUMNS, cells + row * COLUMNS,
			       COLUMNS * sizeof(*cells));
		terminal_clean(&terminal);
		assert_memory_equal(shown, cells, ROWS * COLUMNS * sizeof(*cells));
	}
	free(shown);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_text),
		TEST(test_long_lines_go_on_below),
		TEST(test_scrolls),
		TEST(test_control_characters),
		TEST(test_moving),
		TEST(test_erasing),
		TEST(test_colours),
		TEST(test_sequences_that_are_not_known),
		TEST(test_utf8_is_one_mark_a_character),
		TEST(test_tells_what_changed),
		TEST(test_any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
