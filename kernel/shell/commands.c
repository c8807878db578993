/* SPDX-License-Identifier: MIT */
/* commands.c: the list of all commands, sorted by name. To add one: a line in each list here. */
#include "shell/command.h"

#include <linux/kernel.h>
#include <linux/string.h>

#define COMMANDS(X)                                                                                \
	X(cat)                                                                                     \
	X(cd)                                                                                      \
	X(dmesg) X(echo) X(help) X(insmod) X(ls) X(lsmod) X(poweroff) X(pwd) X(reboot) X(rmmod)    \
		X(uname)

#define DECLARE(name) extern const struct command cmd_##name;
#define ENTRY(name)   &cmd_##name,

COMMANDS(DECLARE)

static const struct command *const commands[] = {COMMANDS(ENTRY)};

const struct command *command_at(unsigned int i)
{
	return i < ARRAY_SIZE(commands) ? commands[i] : NULL;
}

const struct command *command_find(const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}
