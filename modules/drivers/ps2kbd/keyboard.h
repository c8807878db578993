/* SPDX-License-Identifier: MIT */
/*
 * keyboard.h: from the scan codes of a PC keyboard (set 1, US layout) to the bytes that a terminal
 * would send for the same keys. Pure.
 */
#ifndef PS2KBD_KEYBOARD_H
#define PS2KBD_KEYBOARD_H

#include <linux/types.h>

#define KEYBOARD_BYTES 8 /* the most that one key sends */

/* All zero: no key is down, no lock is on. */
struct keyboard {
	bool left_shift, right_shift;
	bool left_ctrl, right_ctrl;
	bool left_alt, right_alt;
	bool caps_lock, num_lock;
	bool extended;	   /* 0xe0 has come: the next code is one of the keys added in 1986 */
	unsigned int skip; /* codes to ignore: the rest of what Pause sends */
};

/* Takes one code; returns how many bytes it put into @out, most often 0 or 1. */
size_t keyboard_feed(struct keyboard *k, u8 code, char out[KEYBOARD_BYTES]);

#endif
