/* SPDX-License-Identifier: MIT */
/*
 * keys.c: which key a terminal means. Editing keys come as control characters (bash's) or as
 * escape sequences (ECMA-48, 5.4); terminals differ in what they send for Home, End and Delete, so
 * there are several of each. A sequence that is not in the table is swallowed whole.
 */
#include "shell/keys.h"

#include <linux/kernel.h>
#include <linux/string.h>

#define CTRL(letter) ((letter)&0x1f)
#define ESC	     0x1b
#define DEL	     0x7f

static const struct {
	u8 byte;
	u8 key;
} control_keys[] = {
	{CTRL('A'), KEY_HOME},		{CTRL('B'), KEY_LEFT},	{CTRL('C'), KEY_INTERRUPT},
	{CTRL('D'), KEY_DELETE_OR_END}, {CTRL('E'), KEY_END},	{CTRL('F'), KEY_RIGHT},
	{CTRL('H'), KEY_BACKSPACE},	{CTRL('I'), KEY_TAB},	{CTRL('J'), KEY_ENTER},
	{CTRL('K'), KEY_KILL_RIGHT},	{CTRL('L'), KEY_CLEAR}, {CTRL('M'), KEY_ENTER},
	{CTRL('N'), KEY_DOWN},		{CTRL('P'), KEY_UP},	{CTRL('U'), KEY_KILL_LEFT},
	{CTRL('W'), KEY_KILL_WORD},	{DEL, KEY_BACKSPACE},
};

/* Without the ESC that begins each. */
static const struct {
	char sequence[KEY_SEQUENCE_MAX];
	u8 key;
} escape_keys[] = {
	{"[A", KEY_UP},
	{"OA", KEY_UP},
	{"[B", KEY_DOWN},
	{"OB", KEY_DOWN},
	{"[C", KEY_RIGHT},
	{"OC", KEY_RIGHT},
	{"[D", KEY_LEFT},
	{"OD", KEY_LEFT},
	{"[H", KEY_HOME},
	{"OH", KEY_HOME},
	{"[1~", KEY_HOME},
	{"[7~", KEY_HOME},
	{"[F", KEY_END},
	{"OF", KEY_END},
	{"[4~", KEY_END},
	{"[8~", KEY_END},
	{"[3~", KEY_DELETE},
	{"\x7f", KEY_KILL_WORD},
	{"[1;5C", KEY_WORD_RIGHT},
	{"f", KEY_WORD_RIGHT},
	{"[1;5D", KEY_WORD_LEFT},
	{"b", KEY_WORD_LEFT},
};

static enum key control_key(u8 byte)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(control_keys); i++)
		if (control_keys[i].byte == byte)
			return control_keys[i].key;
	return KEY_NONE;
}

static enum key escape_key(const char *sequence)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(escape_keys); i++)
		if (strcmp(escape_keys[i].sequence, sequence) == 0)
			return escape_keys[i].key;
	return KEY_NONE;
}

/* ESC [ ends with a byte from @ to ~; ESC O with the next byte; others are one byte long. */
static bool sequence_ends(const struct key_decoder *d, u8 byte)
{
	if (d->len == 1)
		return byte != '[' && byte != 'O';
	return d->sequence[0] == 'O' || (byte >= '@' && byte <= '~');
}

static enum key in_sequence(struct key_decoder *d, u8 byte)
{
	if (d->len < KEY_SEQUENCE_MAX - 1)
		d->sequence[d->len] = (char)byte;
	d->sequence[min(d->len + 1, KEY_SEQUENCE_MAX - 1U)] = '\0';
	d->len++;
	if (!sequence_ends(d, byte))
		return KEY_NONE;
	d->escape = false;
	return d->len < KEY_SEQUENCE_MAX ? escape_key(d->sequence) : KEY_NONE;
}

enum key key_decode(struct key_decoder *d, u8 byte)
{
	bool after_cr = d->after_cr;

	d->after_cr = byte == '\r';
	if (byte == '\n' && after_cr)
		return KEY_NONE;
	if (byte == ESC) {
		*d = (struct key_decoder){.escape = true};
		return KEY_NONE;
	}
	/* A control character breaks a sequence off and counts for itself. */
	if (byte < ' ')
		d->escape = false;
	if (d->escape)
		return in_sequence(d, byte);
	return byte < ' ' || byte == DEL ? control_key(byte) : KEY_CHAR;
}
