/* SPDX-License-Identifier: MIT */
/* console.c: the line editor of line.c, on whatever is typed, with this shell's completion. */
#include "shell/command.h"

#include <linux/kernel.h>
#include "dev/dev.h"
#include "log/log.h"
#include "shell/line.h"

/* For commands; and, without completion and history, for the text that a command reads. */
static const struct line_ops command_ops = {
	.write = console_write,
	.complete = complete_word,
	.list = complete_list,
};
static const struct line_ops text_ops = {.write = console_write};

static struct line line;

int console_read_line(const char *prompt, const char **text)
{
	enum line_event event;

	line.ops = *prompt ? &command_ops : &text_ops;
	line_start(&line, prompt);
	do
		event = line_feed(&line, input_wait());
	while (event == LINE_MORE || (event == LINE_END && *prompt));
	if (event == LINE_DONE && *prompt)
		line_remember(&line);
	*text = line.text;
	return event;
}
