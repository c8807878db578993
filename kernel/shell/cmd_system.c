/* SPDX-License-Identifier: MIT */
/* cmd_system.c: uname, poweroff, reboot: the machine as a whole. */
#include "shell/command.h"

#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "dev/dev.h"
#include "fs/uts.h"
#include "lib/lib.h"

/* --- uname --- */

/* In the order in which uname prints them, whatever the order of the options. */
static const struct {
	char letter;
	const char *text;
} names[] = {
	{'s', UTS_SYSNAME}, {'n', UTS_NODENAME}, {'r', UTS_RELEASE},
	{'v', UTS_VERSION}, {'m', UTS_MACHINE},	 {'o', UTS_SYSNAME},
};

static int uname_run(struct io *io, int argc, char **argv)
{
	bool wanted[ARRAY_SIZE(names)] = {false}, first = true;
	struct options o;
	unsigned int i;
	int letter;

	options_start(&o, io, "asnrvmo", argc, argv);
	while ((letter = option_next(&o))) {
		if (letter == '?')
			return 1;
		for (i = 0; i < ARRAY_SIZE(names); i++)
			wanted[i] |= letter == 'a' || letter == names[i].letter;
	}
	if (o.operands)
		return extra_operand(io, argv[1]);
	if (argc == 1)
		wanted[0] = true;
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		if (wanted[i])
			out(io, "%s%s", first ? "" : " ", names[i].text);
		first &= !wanted[i];
	}
	out(io, "\n");
	return 0;
}

const struct command cmd_uname = {
	.name = "uname",
	.usage = "[-asnrvmo]",
	.brief = "print the kernel's name and version",
	.text = "  -a  all of the following\n"
		"  -s  the kernel's name (when nothing else is asked for)\n"
		"  -n  the machine's name\n"
		"  -r  the release, which modules are built for\n"
		"  -v  the version of the build\n"
		"  -m  the kind of processor\n"
		"  -o  the operating system",
	.run = uname_run,
};

/* --- poweroff, reboot --- */

/* Only root may end the machine. */
static bool may_boot(struct io *io)
{
	if (capable(CAP_SYS_BOOT))
		return true;
	complain(io, "%s\n", errno_text(EPERM));
	return false;
}

static int poweroff_run(struct io *io, int argc, char **argv)
{
	u64 status = 0;

	if (argc > 2)
		return extra_operand(io, argv[2]);
	if (argc == 2) {
		if (!option_number(io, "status", argv[1], &status))
			return 1;
		if (status > POWEROFF_STATUS_MAX) {
			complain(io, "invalid status: '%s' is not from 0 to %d\n", argv[1],
				 POWEROFF_STATUS_MAX);
			return 1;
		}
	}
	if (!may_boot(io))
		return 1;
	machine_poweroff((u8)status);
}

const struct command cmd_poweroff = {
	.name = "poweroff",
	.usage = "[STATUS]",
	.brief = "end the machine",
	.text = "Under tools/koan, STATUS (0 to 126) becomes the exit status.",
	.run = poweroff_run,
};

static int reboot_run(struct io *io, int argc, char **argv)
{
	if (argc > 1)
		return extra_operand(io, argv[1]);
	if (!may_boot(io))
		return 1;
	machine_reboot();
}

const struct command cmd_reboot = {
	.name = "reboot",
	.usage = "",
	.brief = "start the machine anew",
	.text = "What is loaded or written is lost.",
	.run = reboot_run,
};
