/* SPDX-License-Identifier: MIT */
/*
 * line.c: what each key does to the line (keys.c tells which key a byte is), the history, and Tab.
 * Only Ctrl-L sends an escape sequence.
 */
#include "shell/line.h"

#include <linux/kernel.h>
#include <linux/string.h>
#include "shell/line_edit.h"

#define CLEAR_SCREEN "\033[H\033[2J"

/* --- history --- */

static char *history_slot(struct line *line, unsigned int back)
{
	return line->history[(line->history_count - back) % HISTORY_LINES];
}

static void history_go(struct line *line, unsigned int back)
{
	if (!line->history_back)
		strcpy(line->unfinished, line->text);
	line->history_back = back;
	line_replace(line, back ? history_slot(line, back) : line->unfinished);
}

static void history_up(struct line *line)
{
	if (line->history_back < min_t(unsigned int, line->history_count, HISTORY_LINES))
		history_go(line, line->history_back + 1);
	else
		line_bell(line);
}

static void history_down(struct line *line)
{
	if (line->history_back)
		history_go(line, line->history_back - 1);
	else
		line_bell(line);
}

void line_remember(struct line *line)
{
	if (!line->len || (line->history_count && !strcmp(history_slot(line, 1), line->text)))
		return;
	strcpy(history_slot(line, 0), line->text);
	line->history_count++;
}

/* --- Tab --- */

static void complete(struct line *line, bool again)
{
	/* Too large for the stack; one line is edited at a time. */
	static struct completion found;
	static char before[LINE_MAX + 1];

	if (!line->ops->complete) {
		line_insert(line, "\t", 1);
		return;
	}
	memcpy(before, line->text, line->cursor);
	before[line->cursor] = '\0';
	memset(&found, 0, sizeof(found));
	line->ops->complete(before, &found);
	line_insert(line, found.insert, strlen(found.insert));
	if (found.matches == 1 || *found.insert)
		return;
	if (!again || !found.matches) {
		line_bell(line);
		line->after_tab = true;
		return;
	}
	line_send(line, "\n");
	line->ops->list(before);
	line_redraw(line);
}

/* --- keys --- */

static void do_motion(struct line *line, enum key key)
{
	switch (key) {
	case KEY_LEFT:
		line_move(line, line_char_before(line, line->cursor));
		break;
	case KEY_RIGHT:
		line_move(line, line_char_after(line, line->cursor));
		break;
	case KEY_WORD_LEFT:
		line_move(line, line_word_before(line, line->cursor));
		break;
	case KEY_WORD_RIGHT:
		line_move(line, line_word_after(line, line->cursor));
		break;
	case KEY_HOME:
		line_move(line, 0);
		break;
	case KEY_END:
		line_move(line, line->len);
		break;
	default:
		break;
	}
}

static void do_erasure(struct line *line, enum key key)
{
	switch (key) {
	case KEY_BACKSPACE:
		line_erase(line, line_char_before(line, line->cursor), line->cursor);
		break;
	case KEY_DELETE:
		line_erase(line, line->cursor, line_char_after(line, line->cursor));
		break;
	case KEY_KILL_LEFT:
		line_erase(line, 0, line->cursor);
		break;
	case KEY_KILL_RIGHT:
		line_erase(line, line->cursor, line->len);
		break;
	case KEY_KILL_WORD:
		line_erase(line, line_word_before(line, line->cursor), line->cursor);
		break;
	default:
		break;
	}
}

static void do_other(struct line *line, enum key key, bool after_tab)
{
	switch (key) {
	case KEY_UP:
		history_up(line);
		break;
	case KEY_DOWN:
		history_down(line);
		break;
	case KEY_TAB:
		complete(line, after_tab);
		break;
	case KEY_CLEAR:
		line_send(line, CLEAR_SCREEN);
		line_redraw(line);
		break;
	default:
		break;
	}
}

/* Leaves the edited line in place, for its reader, and the terminal on a new row. */
static enum line_event finish(struct line *line, enum line_event event)
{
	line_send(line, event == LINE_CANCEL ? "^C\n" : "\n");
	return event;
}

void line_start(struct line *line, const char *prompt)
{
	line->prompt = prompt;
	line->text[0] = '\0';
	line->len = 0;
	line->cursor = 0;
	line->after_tab = false;
	line->history_back = 0;
	line_send(line, prompt);
}

enum line_event line_feed(struct line *line, u8 byte)
{
	enum key key = key_decode(&line->keys, byte);
	bool after_tab = line->after_tab;
	char c = (char)byte;

	if (key == KEY_NONE)
		return LINE_MORE;
	line->after_tab = false;
	if (key == KEY_DELETE_OR_END && !line->len)
		return LINE_END;
	if (key == KEY_ENTER || key == KEY_INTERRUPT)
		return finish(line, key == KEY_ENTER ? LINE_DONE : LINE_CANCEL);
	if (key == KEY_CHAR) {
		line_insert(line, &c, 1);
		return LINE_MORE;
	}
	do_motion(line, key);
	do_erasure(line, key == KEY_DELETE_OR_END ? KEY_DELETE : key);
	do_other(line, key, after_tab);
	return LINE_MORE;
}
