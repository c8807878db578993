/* SPDX-License-Identifier: MIT */
/*
 * shell.c: reads a line, runs it, and so on: for ever for root, up to `exit` for the shell that `su`
 * starts inside root's. After the prompt nothing is printed until a command is typed: programs that
 * drive the console wait for it.
 */
#include "shell/shell.h"

#include <linux/kernel.h>
#include <linux/string.h>
#include "log/log.h"
#include "modprobe/modprobe.h"
#include "sched/sched.h"
#include "shell/command.h"
#include "shell/line.h"

#define DEPTH_MAX 2 /* root's, and student's in it, who cannot start one more */

static unsigned int depth;
static bool leaving; /* `exit` was typed */

static const char *prompt(void)
{
	return user_current() == USER_ROOT ? "koan# " : "koan$ ";
}

/* A command may read lines itself, so each shell has a copy of the line that it runs. */
static void run_lines(void)
{
	static char copies[DEPTH_MAX][LINE_MAX + 1];
	const char *text;

	while (!leaving) {
		if (console_read_line(prompt(), &text) != LINE_DONE) {
			shell_set_status(STATUS_INTERRUPTED);
			continue;
		}
		strcpy(copies[depth], text);
		shell_execute(copies[depth]);
		request_module_run_pending();
	}
}

int shell_inner(const char *line)
{
	if (depth + 1 == DEPTH_MAX)
		return STATUS_NOT_RUNNABLE;
	depth++;
	if (line)
		shell_execute(line);
	else
		run_lines();
	depth--;
	leaving = false;
	return shell_status();
}

bool shell_leave(void)
{
	leaving = depth != 0;
	return leaving;
}

bool shell_is_leaving(void)
{
	return leaving;
}

void shell_run(void)
{
	if (cwd_set("/root"))
		console_write("koan: no /root\n", 15);
	registered_watch_modules();
	for (;;)
		run_lines();
}
