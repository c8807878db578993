/* SPDX-License-Identifier: MIT */
/*
 * terminal.h: what a terminal shows for the bytes it gets: a table of cells and a cursor. Pure: all
 * it touches is its own structure and the cells.
 */
#ifndef VGA_TERMINAL_H
#define VGA_TERMINAL_H

#include <linux/types.h>

/* A cell as VGA has it: the character, and above it its colours. */
#define CELL(character, colours) ((u16)((u8)(character) | (u16)(colours) << 8))
#define COLOURS_NORMAL		 0x07 /* light grey on black */

#define TERMINAL_NUMBERS	 8U /* parameters of an escape sequence; further ones are dropped */

struct terminal {
	u16 *cells; /* the caller's: rows * columns, from the upper left corner on */
	unsigned int rows, columns;
	/* Where the next character goes. The column may be one too many: then a new line is due. */
	unsigned int row, column;
	u8 colours;
	/* Rows [dirty_start, dirty_end) may have changed since terminal_clean(). */
	unsigned int dirty_start, dirty_end;

	/* Of an escape sequence that has begun: ECMA-48, 5.4. */
	enum { TEXT, ESCAPE, CONTROL_SEQUENCE } state;
	bool private_sequence; /* one that begins with < = > or ? is somebody's own */
	unsigned int numbers[TERMINAL_NUMBERS];
	unsigned int number_count;
};

/* An empty screen. */
void terminal_start(struct terminal *t, u16 *cells, unsigned int rows, unsigned int columns);
/* "\n" goes to the start of the next line, as it does on the kernel's consoles. */
void terminal_write(struct terminal *t, const char *s, size_t len);
/* The changes have been shown. */
void terminal_clean(struct terminal *t);
/* The cell that the cursor is on, counted from the first. */
unsigned int terminal_cursor(const struct terminal *t);

#endif
