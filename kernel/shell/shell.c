/* SPDX-License-Identifier: MIT */
/*
 * shell.c: reads a line, runs it, for ever. After the prompt nothing is printed until a command is
 * typed: programs that drive the console wait for it.
 */
#include "shell/shell.h"

#include <linux/string.h>
#include "log/log.h"
#include "modprobe/modprobe.h"
#include "shell/command.h"
#include "shell/line.h"

#define PROMPT "koan# "

void shell_run(void)
{
	static char copy[LINE_MAX + 1]; /* a command may read lines itself */
	const char *text;

	if (cwd_set("/root"))
		console_write("koan: no /root\n", 15);
	for (;;) {
		if (console_read_line(PROMPT, &text) != LINE_DONE) {
			shell_set_status(STATUS_INTERRUPTED);
			continue;
		}
		strcpy(copy, text);
		shell_execute(copy);
		request_module_run_pending();
	}
}
