/* SPDX-License-Identifier: MIT */
/* keys.h: from the bytes that a terminal sends to the keys that the line editor knows. Pure. */
#ifndef KOAN_SHELL_KEYS_H
#define KOAN_SHELL_KEYS_H

#include <linux/types.h>
#include <linux/compiler.h>

enum key {
	KEY_NONE, /* in the middle of a sequence, or a key without a meaning here */
	KEY_CHAR, /* the byte itself */
	KEY_ENTER,
	KEY_INTERRUPT,
	KEY_DELETE_OR_END,
	KEY_LEFT,
	KEY_RIGHT,
	KEY_WORD_LEFT,
	KEY_WORD_RIGHT,
	KEY_HOME,
	KEY_END,
	KEY_UP,
	KEY_DOWN,
	KEY_BACKSPACE,
	KEY_DELETE,
	KEY_KILL_LEFT,
	KEY_KILL_RIGHT,
	KEY_KILL_WORD,
	KEY_TAB,
	KEY_CLEAR,
};

#define KEY_SEQUENCE_MAX 8 /* the longest sequence in the table has six bytes */

/* What was received of a sequence so far. All zero: nothing. */
struct key_decoder {
	char sequence[KEY_SEQUENCE_MAX]; /* behind the ESC; NUL-terminated, cut when longer */
	unsigned int len;
	bool escape;   /* the ESC has come */
	bool after_cr; /* a '\n' now belongs to the '\r' before it */
};

enum key key_decode(struct key_decoder *decoder, u8 byte);

#endif
