/* SPDX-License-Identifier: MIT */
/*
 * main.c: the screen of a PC in text mode, as a console: what goes to the serial line goes there
 * too. (IBM's VGA; register numbers as in "IBM PS/2 Hardware Interface Technical Reference".)
 *
 * terminal.c knows what the screen should show, this file makes the adapter show it. Only cells
 * that have changed are written, because each is a slow access to the adapter's memory.
 *
 * Assumes that firmware left the adapter in a text mode: Koan has no letters of its own to draw with.
 */
#include <linux/console.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "terminal.h"

#define TEXT_MEMORY	   0xb8000
#define TEXT_MEMORY_SIZE   0x8000

#define VGA_PORTS	   0x3c0
#define VGA_PORTS_COUNT	   0x20
#define GRAPHICS_INDEX	   0x3ce
#define GRAPHICS_DATA	   0x3cf
#define CRTC_INDEX	   0x3d4 /* the part that makes lines and rows: the CRT controller */
#define CRTC_DATA	   0x3d5

#define GRAPHICS_MISC	   0x06
#define MISC_GRAPHICS_MODE 0x01

#define CRTC_COLUMNS	   0x01 /* less one */
#define CRTC_OVERFLOW	   0x07 /* bits 8 and 9 of some registers */
#define OVERFLOW_END_BIT8  0x02
#define OVERFLOW_END_BIT9  0x40
#define CRTC_CELL_HEIGHT   0x09 /* in lines, less one */
#define CELL_HEIGHT_MASK   0x1f
#define CRTC_CURSOR_START  0x0a /* first and last line of the cursor in its cell */
#define CRTC_CURSOR_END	   0x0b
#define CRTC_START_HIGH	   0x0c /* the cell in the upper left corner */
#define CRTC_START_LOW	   0x0d
#define CRTC_CURSOR_HIGH   0x0e /* the cell with the cursor */
#define CRTC_CURSOR_LOW	   0x0f
#define CRTC_LINES	   0x12 /* that are shown, less one */

#define CURSOR_LINES	   2 /* an underline of this thickness */

static struct terminal terminal;
static u16 *shown; /* what the adapter's memory holds */
static u16 __iomem *memory;
static u8 old_cursor_start, old_cursor_end;

static u8 crtc_read(u8 index)
{
	outb(index, CRTC_INDEX);
	return inb(CRTC_DATA);
}

static void crtc_write(u8 index, u8 value)
{
	outb(index, CRTC_INDEX);
	outb(value, CRTC_DATA);
}

/* --- showing --- */

static void show_cells(void)
{
	unsigned int i = terminal.dirty_start * terminal.columns;
	unsigned int end = terminal.dirty_end * terminal.columns;

	for (; i < end; i++) {
		if (shown[i] == terminal.cells[i])
			continue;
		shown[i] = terminal.cells[i];
		writew(shown[i], &memory[i]);
	}
	terminal_clean(&terminal);
}

static void show_cursor(void)
{
	unsigned int cell = terminal_cursor(&terminal);

	crtc_write(CRTC_CURSOR_HIGH, (u8)(cell >> 8));
	crtc_write(CRTC_CURSOR_LOW, (u8)cell);
}

/* Interrupts are off. */
static void vga_write(struct console *con, const char *s, unsigned int count)
{
	(void)con;
	terminal_write(&terminal, s, count);
	show_cells();
	show_cursor();
}

static struct console vga_console = {
	.name = "tty0",
	.write = vga_write,
	.flags = CON_PRINTBUFFER,
};

/* --- the adapter --- */

/* A port that nobody answers reads as 0xff, which is graphics too. */
static bool in_text_mode(void)
{
	outb(GRAPHICS_MISC, GRAPHICS_INDEX);
	return !(inb(GRAPHICS_DATA) & MISC_GRAPHICS_MODE);
}

static unsigned int read_columns(void)
{
	return crtc_read(CRTC_COLUMNS) + 1U;
}

static unsigned int read_rows(void)
{
	u8 overflow = crtc_read(CRTC_OVERFLOW);
	unsigned int lines = crtc_read(CRTC_LINES);

	lines |= overflow & OVERFLOW_END_BIT8 ? 0x100 : 0;
	lines |= overflow & OVERFLOW_END_BIT9 ? 0x200 : 0;
	return (lines + 1) / ((crtc_read(CRTC_CELL_HEIGHT) & CELL_HEIGHT_MASK) + 1U);
}

/* Firmware may have left another page in view, and the cursor hidden. */
static void adapter_start(void)
{
	u8 bottom = crtc_read(CRTC_CELL_HEIGHT) & CELL_HEIGHT_MASK;

	old_cursor_start = crtc_read(CRTC_CURSOR_START);
	old_cursor_end = crtc_read(CRTC_CURSOR_END);
	crtc_write(CRTC_START_HIGH, 0);
	crtc_write(CRTC_START_LOW, 0);
	crtc_write(CRTC_CURSOR_START, (u8)(bottom - CURSOR_LINES + 1));
	crtc_write(CRTC_CURSOR_END, bottom);
}

static int take_adapter(void)
{
	if (!request_region(VGA_PORTS, VGA_PORTS_COUNT, "vga+"))
		return -EBUSY;
	if (!request_mem_region(TEXT_MEMORY, TEXT_MEMORY_SIZE, "Video RAM area")) {
		release_region(VGA_PORTS, VGA_PORTS_COUNT);
		return -EBUSY;
	}
	return 0;
}

static void release_adapter(void)
{
	release_mem_region(TEXT_MEMORY, TEXT_MEMORY_SIZE);
	release_region(VGA_PORTS, VGA_PORTS_COUNT);
}

static void free_screen(void)
{
	iounmap(memory);
	kfree(shown);
	kfree(terminal.cells);
}

/* What is on the screen already is not ours: the first write clears it. */
static int make_screen(unsigned int rows, unsigned int columns)
{
	size_t count = (size_t)rows * columns;
	u16 *cells = kcalloc(count, sizeof(*cells), GFP_KERNEL);

	shown = kcalloc(count, sizeof(*shown), GFP_KERNEL);
	memory = ioremap(TEXT_MEMORY, TEXT_MEMORY_SIZE);
	if (!cells || !shown || !memory) {
		terminal.cells = cells;
		free_screen();
		return -ENOMEM;
	}
	terminal_start(&terminal, cells, rows, columns);
	return 0;
}

/* --- the module --- */

static int start(void)
{
	unsigned int rows = read_rows(), columns = read_columns();
	int err;

	if (!in_text_mode()) {
		pr_info("vga: there is no screen in text mode\n");
		return -ENODEV;
	}
	if (rows * columns * sizeof(u16) > TEXT_MEMORY_SIZE) {
		pr_err("vga: %ux%u cells do not fit into the adapter's memory\n", columns, rows);
		return -ENODEV;
	}
	err = make_screen(rows, columns);
	if (err)
		return err;
	adapter_start();
	register_console(&vga_console);
	pr_info("vga: %ux%u cells of text\n", columns, rows);
	return 0;
}

static int __init vga_init(void)
{
	int err = take_adapter();

	if (err)
		return err;
	err = start();
	if (err)
		release_adapter();
	return err;
}

/* Leaves the text where it is. */
static void __exit vga_exit(void)
{
	unregister_console(&vga_console);
	crtc_write(CRTC_CURSOR_START, old_cursor_start);
	crtc_write(CRTC_CURSOR_END, old_cursor_end);
	free_screen();
	release_adapter();
}

module_init(vga_init);
module_exit(vga_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("The screen in VGA text mode, as a console");
