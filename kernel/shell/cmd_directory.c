/* SPDX-License-Identifier: MIT */
/* cmd_directory.c: cd and pwd, as bash has them built in. */
#include "shell/command.h"

#include <linux/kernel.h>
#include "lib/lib.h"

#define HOME "/root"

static int cd_run(struct io *io, int argc, char **argv)
{
	const char *path = argc > 1 ? argv[1] : HOME;
	int error;

	if (argc > 2) {
		err(io, "koan: cd: too many arguments\n");
		return 1;
	}
	error = cwd_set(path);
	if (error) {
		err(io, "koan: cd: %s: %s\n", path, errno_text(error));
		return 1;
	}
	return 0;
}

const struct command cmd_cd = {
	.name = "cd",
	.usage = "[DIRECTORY]",
	.brief = "change the current directory",
	.text = "Without a DIRECTORY, to " HOME ".",
	.run = cd_run,
};

static int pwd_run(struct io *io, int argc, char **argv)
{
	(void)argc;
	(void)argv;
	out(io, "%s\n", cwd_path());
	return 0;
}

const struct command cmd_pwd = {
	.name = "pwd",
	.usage = "",
	.brief = "print the current directory",
	.text = "Its path from the root of the tree.",
	.run = pwd_run,
};
