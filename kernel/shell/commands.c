/* SPDX-License-Identifier: MIT */
/*
 * commands.c: the list of the shell's own commands, sorted by name. To add one: its name here and in
 * command.h.
 */
#include "shell/command.h"

#include <linux/kernel.h>
#include <linux/string.h>

static const struct command *const commands[] = {
	&cmd_cat,      &cmd_cd,	      &cmd_clear,  &cmd_cp,   &cmd_dmesg,  &cmd_echo,  &cmd_elf,
	&cmd_exit,     &cmd_false,    &cmd_free,   &cmd_grep, &cmd_head,   &cmd_help,  &cmd_hexdump,
	&cmd_id,       &cmd_insmod,   &cmd_ksym,   &cmd_ls,   &cmd_lsmod,  &cmd_mkdir, &cmd_modinfo,
	&cmd_modprobe, &cmd_poweroff, &cmd_ptdump, &cmd_pwd,  &cmd_reboot, &cmd_rm,    &cmd_rmmod,
	&cmd_sort,     &cmd_su,	      &cmd_tail,   &cmd_time, &cmd_touch,  &cmd_true,  &cmd_uname,
	&cmd_uptime,   &cmd_wc,	      &cmd_whoami,
};

/* Two sorted lists as one: the shell's own, and those of modules. */
const struct command *command_at(unsigned int i)
{
	const struct command *theirs = registered_from("");
	const struct command *const *ours = commands, *const *end = commands + ARRAY_SIZE(commands);
	const struct command *command;

	do {
		if (ours < end && (!theirs || strcmp((*ours)->name, theirs->name) < 0)) {
			command = *ours++;
		} else {
			command = theirs;
			theirs = theirs ? registered_after(theirs) : NULL;
		}
	} while (i--);
	return command;
}

const struct command *command_find(const char *name)
{
	const struct command *theirs = registered_from(name);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return theirs && strcmp(theirs->name, name) == 0 ? theirs : NULL;
}
