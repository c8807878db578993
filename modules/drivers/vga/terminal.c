/* SPDX-License-Identifier: MIT */
/*
 * terminal.c: text, control characters and the escape sequences that the shell sends (ECMA-48; those
 * that are not known are swallowed whole). Characters beyond ASCII show as one `?' each.
 */
#include "terminal.h"

#include <linux/kernel.h>
#include <linux/string.h>

#define TAB_WIDTH  8
#define ESC	   0x1b

#define NUMBER_MAX 9999U /* of a parameter; larger ones mean "as far as it goes" as well */

/* Bits of a cell's colours. */
#define FOREGROUND	 0x07
#define BRIGHT		 0x08
#define BACKGROUND	 0x70
#define BACKGROUND_SHIFT 4

/* --- cells --- */

static void mark(struct terminal *t, unsigned int start, unsigned int end)
{
	t->dirty_start = min(t->dirty_start, start);
	t->dirty_end = max(t->dirty_end, end);
}

/* Empties cells [@from, @to). */
static void clear(struct terminal *t, unsigned int from, unsigned int to)
{
	for (unsigned int i = from; i < to; i++)
		t->cells[i] = CELL(' ', t->colours);
	mark(t, from / t->columns, DIV_ROUND_UP(to, t->columns));
}

static void next_line(struct terminal *t)
{
	unsigned int last = (t->rows - 1) * t->columns;

	t->column = 0;
	if (++t->row < t->rows)
		return;
	t->row = t->rows - 1;
	memmove(t->cells, t->cells + t->columns, last * sizeof(*t->cells));
	clear(t, last, last + t->columns);
	mark(t, 0, t->rows);
}

static void put(struct terminal *t, u8 character)
{
	if (t->column == t->columns)
		next_line(t);
	t->cells[t->row * t->columns + t->column++] = CELL(character, t->colours);
	mark(t, t->row, t->row + 1);
}

unsigned int terminal_cursor(const struct terminal *t)
{
	return t->row * t->columns + min(t->column, t->columns - 1);
}

/* --- escape sequences --- */

/* The @i-th parameter; one that is missing or 0 is @otherwise. */
static unsigned int number(const struct terminal *t, unsigned int i, unsigned int otherwise)
{
	return i < t->number_count && t->numbers[i] ? t->numbers[i] : otherwise;
}

static void move_to(struct terminal *t, int row, int column)
{
	t->row = (unsigned int)clamp(row, 0, (int)t->rows - 1);
	t->column = (unsigned int)clamp(column, 0, (int)t->columns - 1);
}

/* From the start to the cursor (1), all (2, 3), or from the cursor to the end (0). */
static void erase(struct terminal *t, unsigned int start, unsigned int end)
{
	unsigned int kind = number(t, 0, 0), cursor = terminal_cursor(t);

	clear(t, kind ? start : cursor, kind == 1 ? cursor + 1 : end);
}

/* ECMA-48 counts colours red, green, blue from the lowest bit; VGA blue, green, red. */
static u8 vga_colour(unsigned int colour)
{
	return (u8)((colour & 1) << 2 | (colour & 2) | (colour & 4) >> 2);
}

static void set_foreground(struct terminal *t, unsigned int colour)
{
	t->colours = (u8)((t->colours & ~FOREGROUND) | vga_colour(colour));
}

static void set_background(struct terminal *t, unsigned int colour)
{
	t->colours = (u8)((t->colours & ~BACKGROUND) | vga_colour(colour) << BACKGROUND_SHIFT);
}

/* One parameter of "select graphic rendition": ECMA-48, 8.3.117. */
static void set_rendition(struct terminal *t, unsigned int n)
{
	u8 old = t->colours;

	if (n == 0)
		t->colours = COLOURS_NORMAL;
	else if (n == 1)
		t->colours |= BRIGHT;
	else if (n == 22)
		t->colours &= (u8)~BRIGHT;
	else if (n == 7)
		t->colours = (u8)((old & BRIGHT) | (old & FOREGROUND) << BACKGROUND_SHIFT |
				  (old & BACKGROUND) >> BACKGROUND_SHIFT);
	else if (n >= 30 && n <= 37)
		set_foreground(t, n - 30);
	else if (n >= 40 && n <= 47)
		set_background(t, n - 40);
	else if (n == 39)
		set_foreground(t, COLOURS_NORMAL & FOREGROUND);
	else if (n == 49)
		set_background(t, 0);
}

static void move(struct terminal *t, u8 final)
{
	int n = (int)number(t, 0, 1), row = (int)t->row;
	int column = (int)min(t->column, t->columns - 1);

	switch (final) {
	case 'A':
		move_to(t, row - n, column);
		break;
	case 'B':
		move_to(t, row + n, column);
		break;
	case 'C':
		move_to(t, row, column + n);
		break;
	case 'D':
		move_to(t, row, column - n);
		break;
	case 'G':
		move_to(t, row, n - 1);
		break;
	default:
		move_to(t, n - 1, (int)number(t, 1, 1) - 1);
	}
}

static void sequence_end(struct terminal *t, u8 final)
{
	unsigned int line = t->row * t->columns;

	t->state = TEXT;
	if (t->private_sequence)
		return;
	if (strchr("ABCDGHf", final))
		move(t, final);
	else if (final == 'J')
		erase(t, 0, t->rows * t->columns);
	else if (final == 'K')
		erase(t, line, line + t->columns);
	else if (final == 'm')
		for (unsigned int i = 0; i < max(t->number_count, 1U); i++)
			set_rendition(t, number(t, i, 0));
}

static void sequence_digit(struct terminal *t, unsigned int digit)
{
	unsigned int *n;

	if (!t->number_count)
		t->number_count = 1;
	if (t->number_count > TERMINAL_NUMBERS)
		return;
	n = &t->numbers[t->number_count - 1];
	*n = min(*n * 10 + digit, NUMBER_MAX);
}

static void in_sequence(struct terminal *t, u8 byte)
{
	if (byte >= '0' && byte <= '9') {
		sequence_digit(t, byte - '0');
	} else if (byte == ';') {
		t->number_count = max(t->number_count, 1U) + 1;
		if (t->number_count <= TERMINAL_NUMBERS)
			t->numbers[t->number_count - 1] = 0;
	} else if (byte >= '<' && byte <= '?') {
		t->private_sequence = true;
	} else if (byte >= '@' && byte <= '~') {
		t->number_count = min(t->number_count, TERMINAL_NUMBERS);
		sequence_end(t, byte);
	}
}

/* Of the sequences without "[" only the length matters: bytes below '0' do not end one. */
static void after_escape(struct terminal *t, u8 byte)
{
	if (byte < '0')
		return;
	t->state = byte == '[' ? CONTROL_SEQUENCE : TEXT;
	t->private_sequence = false;
	t->number_count = 0;
	t->numbers[0] = 0;
}

/* --- bytes --- */

static void control(struct terminal *t, u8 byte)
{
	unsigned int column = min(t->column, t->columns - 1);

	switch (byte) {
	case '\n':
		next_line(t);
		break;
	case '\r':
		t->column = 0;
		break;
	case '\b':
		t->column = column ? column - 1 : 0;
		break;
	case '\t':
		t->column = min(round_down(column, TAB_WIDTH) + TAB_WIDTH, t->columns - 1);
		break;
	case ESC:
		t->state = ESCAPE;
		break;
	default:
		break;
	}
}

static void feed(struct terminal *t, u8 byte)
{
	if (byte < ' ')
		control(t, byte);
	else if (t->state == ESCAPE)
		after_escape(t, byte);
	else if (t->state == CONTROL_SEQUENCE)
		in_sequence(t, byte);
	else if (byte < 0x7f)
		put(t, byte);
	else if (byte >= 0xc0) /* the first byte of a character in UTF-8; the others are below */
		put(t, '?');
}

void terminal_write(struct terminal *t, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		feed(t, (u8)s[i]);
}

void terminal_clean(struct terminal *t)
{
	t->dirty_start = t->rows;
	t->dirty_end = 0;
}

void terminal_start(struct terminal *t, u16 *cells, unsigned int rows, unsigned int columns)
{
	*t = (struct terminal){
		.cells = cells,
		.rows = rows,
		.columns = columns,
		.colours = COLOURS_NORMAL,
	};
	terminal_clean(t);
	clear(t, 0, rows * columns);
}
