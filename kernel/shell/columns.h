/* SPDX-License-Identifier: MIT */
/* columns.h: how listings look: names side by side, modes, dates, numbers. Pure. */
#ifndef KOAN_SHELL_COLUMNS_H
#define KOAN_SHELL_COLUMNS_H

#include <linux/types.h>
#include <linux/compiler.h>

#define SCREEN_COLUMNS 80 /* the serial line does not say how wide its terminal is */
#define COLUMN_GAP     2

/* Names go down the first column, then down the second, ... */
struct columns {
	unsigned int rows;
	unsigned int width; /* of a column, the blanks between included */
};

/* As few rows as the width of the screen allows; @longest is the longest name's. */
void columns_plan(unsigned int names, size_t longest, struct columns *plan);

#define MODE_TEXT_MAX 11
/* "drwxr-xr-x" */
void mode_text(umode_t mode, char text[MODE_TEXT_MAX]);

#define DATE_TEXT_MAX 32
/* As GNU ls: "Nov 23 00:34", or with the year when it is not of the last half year. Both UTC. */
void date_text(s64 seconds, s64 now, char text[DATE_TEXT_MAX]);

/* How many digits @n has. */
unsigned int digits_of(u64 n);

#endif
