/* SPDX-License-Identifier: MIT */
/*
 * console.h: typing at the console. (Printing on it: linux/console.h.)
 */
#ifndef _KOAN_CONSOLE_H
#define _KOAN_CONSOLE_H

#include <linux/types.h>

/*
 * What a keyboard driver calls with what was typed, in the bytes that a terminal would send: '\r'
 * for Enter, "\033[A" for the arrow up. May be called from an interrupt. All of it is taken, or,
 * when there is no room, none of it and the result is false: an escape sequence is never cut.
 */
bool console_input(const char *bytes, size_t len);

#endif
