/* SPDX-License-Identifier: MIT */
/*
 * shell_world.h: a world for the shell and the file tree to run in on this machine: machine_world.h's
 * machine, modules_world.h's modules, and what a test types.
 */
#ifndef TESTS_HOST_SHELL_WORLD_H
#define TESTS_HOST_SHELL_WORLD_H

#include <linux/list.h>

#include "fs/fs.h"
#include "fs/proc.h"
#include "machine_world.h"
#include "modules_world.h"
#include "shell/command.h"

/* --- the commands that need a machine --- */

static int nothing_run(struct io *io, int argc, char **argv)
{
	(void)io;
	(void)argc;
	(void)argv;
	return 0;
}

#define ABSENT_COMMAND(word)                                                                       \
	const struct command cmd_##word = {                                                        \
		.name = #word,                                                                     \
		.usage = "",                                                                       \
		.brief = "nothing to be seen here",                                                \
		.text = "This is not the machine.",                                                \
		.run = nothing_run,                                                                \
	}
ABSENT_COMMAND(ksym);
ABSENT_COMMAND(ptdump);

/* --- the shell's own loop: here a test types the lines --- */

int shell_inner(const char *line)
{
	if (line)
		shell_execute(line);
	return shell_status();
}

bool shell_leave(void)
{
	return false;
}

bool shell_is_leaving(void)
{
	return false;
}

/* --- running --- */

/* What @line prints. */
static const char *run(const char *line)
{
	screen_len = 0;
	screen[0] = '\0';
	shell_execute(line);
	return screen;
}

/* Not every test that lives here needs all of it. */
static __maybe_unused void expect(const char *line, const char *output)
{
	if (strcmp(run(line), output) != 0)
		fail_msg("%s\n--- expected:\n%s--- is:\n%s---", line, output, screen);
}

/* A fresh tree, and we are in /root of it. */
static int world_start(void **state)
{
	(void)state;
	fail_at = 0;
	typed = NULL;
	level = CONSOLE_LOGLEVEL;
	first_seq = 0;
	now_ns = 0;
	load_result = 0;
	warnings[0] = '\0';
	memset(loaded, 0, sizeof(loaded));
	fs_init();
	proc_init();
	assert_int_equal(cwd_set("/root"), 0);
	run("true");
	return 0;
}

/* Everything in the tree goes, and then nothing may be left of the heap. */
static int world_end(void **state)
{
	(void)state;
	while (!list_empty(&fs_root.children))
		fs_remove(list_first_entry(&fs_root.children, struct node, siblings));
	assert_int_equal(live_blocks, 0);
	return 0;
}

#define IN_WORLD(f) cmocka_unit_test_setup_teardown(f, world_start, world_end)

#endif
