/* SPDX-License-Identifier: MIT */
/*
 * keyboard.c: scan code set 1 ("IBM Personal Computer AT Technical Reference", Keyboard). A key has
 * a number; its release is the number plus 0x80; keys that the first PC had not come with 0xe0
 * before them. What the cursor keys send is what the shell's line editor reads from a terminal.
 */
#include "keyboard.h"

#include <linux/ctype.h>
#include <linux/kernel.h>
#include <linux/string.h>

#define RELEASED     0x80
#define PREFIX	     0xe0
#define PAUSE	     0xe1 /* and five more codes; its release is among them */
#define PAUSE_REST   5

#define LEFT_CTRL    0x1d
#define LEFT_SHIFT   0x2a
#define RIGHT_SHIFT  0x36
#define LEFT_ALT     0x38
#define CAPS_LOCK    0x3a
#define NUM_LOCK     0x45
#define PAD_FIRST    0x47 /* the number pad, from 7 to the dot */
#define PAD_LAST     0x53
#define PAD_ENTER    0x1c /* these two with PREFIX */
#define PAD_SLASH    0x35

#define ESC	     "\033"
#define CONTROL_BITS 0x1f

/* By key, from 0; '\0' is a key that types nothing. */
static const char plain[] = "\0\033"
			    "1234567890-=\x7f\t"
			    "qwertyuiop[]\r\0"
			    "asdfghjkl;'`\0\\"
			    "zxcvbnm,./\0*\0 ";
static const char shifted[] = "\0\033"
			      "!@#$%^&*()_+\x7f\t"
			      "QWERTYUIOP{}\r\0"
			      "ASDFGHJKL:\"~\0|"
			      "ZXCVBNM<>?\0*\0 ";

_Static_assert(sizeof(plain) == CAPS_LOCK + 1, "the space bar is the key before caps lock");
_Static_assert(sizeof(shifted) == sizeof(plain), "the same keys");

/* The number pad, with num lock on; and the key that each is without it, as with PREFIX. */
static const char pad_digits[] = "789-456+1230.";
static const char *const pad_keys[] = {
	ESC "[1~", ESC "[A",  ESC "[5~", "-",	    ESC "[D",  "",	  ESC "[C",
	"+",	   ESC "[4~", ESC "[B",	 ESC "[6~", ESC "[2~", ESC "[3~",
};

_Static_assert(sizeof(pad_digits) - 1 == PAD_LAST - PAD_FIRST + 1, "the pad has 13 keys");
_Static_assert(ARRAY_SIZE(pad_keys) == PAD_LAST - PAD_FIRST + 1, "the pad has 13 keys");

static bool is_down(bool left, bool right)
{
	return left || right;
}

/* The place that remembers whether modifier @key is down; NULL when it is none. */
static bool *modifier(struct keyboard *k, u8 key, bool extended)
{
	if (key == LEFT_CTRL)
		return extended ? &k->right_ctrl : &k->left_ctrl;
	if (key == LEFT_ALT)
		return extended ? &k->right_alt : &k->left_alt;
	/* With PREFIX they are not real: they undo what num lock would do to the key that follows. */
	if (extended)
		return NULL;
	if (key == LEFT_SHIFT)
		return &k->left_shift;
	return key == RIGHT_SHIFT ? &k->right_shift : NULL;
}

static size_t send(const char *bytes, char out[KEYBOARD_BYTES])
{
	size_t len = strlen(bytes);

	memcpy(out, bytes, len);
	return len;
}

/* A key of the cursor block, or of the pad without num lock. */
static size_t send_cursor_key(const struct keyboard *k, u8 key, char out[KEYBOARD_BYTES])
{
	const char *bytes = pad_keys[key - PAD_FIRST];

	/* With Ctrl, left and right go a word at a time. */
	if (is_down(k->left_ctrl, k->right_ctrl) && strcmp(bytes, ESC "[D") == 0)
		bytes = ESC "[1;5D";
	else if (is_down(k->left_ctrl, k->right_ctrl) && strcmp(bytes, ESC "[C") == 0)
		bytes = ESC "[1;5C";
	return send(bytes, out);
}

/* What a key of the main block types with the modifiers as they are; '\0' for nothing. */
static char character(const struct keyboard *k, u8 key)
{
	bool shift = is_down(k->left_shift, k->right_shift);
	char c = key < CAPS_LOCK ? plain[key] : '\0';

	if (k->caps_lock && isalpha(c))
		shift = !shift;
	if (shift && c)
		c = shifted[key];
	if (is_down(k->left_ctrl, k->right_ctrl) && c >= '@' && c < '\x7f')
		c &= CONTROL_BITS;
	return c;
}

/* As terminals do, Alt puts an escape before what the key sends. */
static size_t send_character(const struct keyboard *k, char c, char out[KEYBOARD_BYTES])
{
	size_t len = 0;

	if (!c)
		return 0;
	if (is_down(k->left_alt, k->right_alt))
		out[len++] = *ESC;
	out[len++] = c;
	return len;
}

static size_t press(struct keyboard *k, u8 key, bool extended, char out[KEYBOARD_BYTES])
{
	bool pad = key >= PAD_FIRST && key <= PAD_LAST;

	if (pad && (extended || !k->num_lock))
		return send_cursor_key(k, key, out);
	if (pad)
		return send_character(k, pad_digits[key - PAD_FIRST], out);
	if (extended && key == PAD_ENTER)
		return send_character(k, '\r', out);
	if (extended && key == PAD_SLASH)
		return send_character(k, '/', out);
	if (extended)
		return 0;
	if (key == CAPS_LOCK)
		k->caps_lock = !k->caps_lock;
	if (key == NUM_LOCK)
		k->num_lock = !k->num_lock;
	return send_character(k, character(k, key), out);
}

size_t keyboard_feed(struct keyboard *k, u8 code, char out[KEYBOARD_BYTES])
{
	bool extended = k->extended, *held;
	u8 key = code & (u8)~RELEASED;

	if (k->skip) {
		k->skip--;
		return 0;
	}
	k->extended = code == PREFIX;
	if (code == PAUSE)
		k->skip = PAUSE_REST;
	if (code == PREFIX || code == PAUSE)
		return 0;
	held = modifier(k, key, extended);
	if (held)
		*held = !(code & RELEASED);
	return held || code & RELEASED ? 0 : press(k, key, extended, out);
}
