/* SPDX-License-Identifier: MIT */
/* cmd_help.c: help: what there is, one line each; help NAME: more of one. */
#include "shell/command.h"

#include <linux/kernel.h>

void command_help(struct io *io, const struct command *command)
{
	out(io, "Usage: %s%s%s\n%s\n", command->name, *command->usage ? " " : "", command->usage,
	    command->text);
}

static int help_run(struct io *io, int argc, char **argv)
{
	const struct command *command;
	unsigned int i;

	if (argc > 1) {
		command = command_find(argv[1]);
		if (!command) {
			complain(io, "no command is called '%s'; `help' lists all\n", argv[1]);
			return 1;
		}
		command_help(io, command);
		return 0;
	}
	for (i = 0; (command = command_at(i)); i++)
		out(io, "%-9s %s\n", command->name, command->brief);
	out(io, "\nCommands are joined by | ; && || and redirected by < > >> 2> 2>&1.\n"
		"`help NAME' says more.\n");
	return 0;
}

const struct command cmd_help = {
	.name = "help",
	.usage = "[NAME]",
	.brief = "list the commands, or explain one",
	.text = "Without a name, lists all commands.",
	.run = help_run,
};
