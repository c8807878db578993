/* SPDX-License-Identifier: MIT */
/*
 * cmd_su.c: su, exit, whoami, id: who works at this console. Root may become student, and goes back
 * with `exit`; student may become nobody else, since there are no passwords to ask for.
 */
#include "shell/command.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "lib/lib.h"
#include "sched/sched.h"

/* --- su --- */

static int as_student(const char *line)
{
	struct user_change change;
	int status;

	user_change(&change, USER_STUDENT);
	status = shell_inner(line);
	user_restore(&change);
	return status;
}

static int su_run(struct io *io, int argc, char **argv)
{
	const char *line = NULL;
	struct options o;
	int letter;

	options_start(&o, io, "c:", argc, argv);
	while ((letter = option_next(&o))) {
		if (letter == '?')
			return 1;
		line = o.arg;
	}
	if (o.operands > 1)
		return extra_operand(io, argv[2]);
	if (o.operands && strcmp(argv[1], "student") != 0 && strcmp(argv[1], "root") != 0) {
		complain(io,
			 "user %s does not exist or the user entry does not contain all the "
			 "required fields\n",
			 argv[1]);
		return 1;
	}
	if (user_current() != USER_ROOT) {
		complain(io, "Authentication failure\n");
		return 1;
	}
	if (o.operands && strcmp(argv[1], "student") == 0)
		return as_student(line);
	complain(io, "this is root's shell already\n");
	return 1;
}

const struct command cmd_su = {
	.name = "su",
	.usage = "[-c COMMAND] student",
	.brief = "work as a user who may look, but change nothing",
	.text = "Starts a shell with the prompt koan$, which `exit' leaves. There, addresses of the\n"
		"kernel are 0, files can be read if their mode lets others read them, and nothing\n"
		"that changes the system is permitted.\n"
		"  -c COMMAND  run only this line",
	.run = su_run,
};

/* --- exit --- */

static int exit_run(struct io *io, int argc, char **argv)
{
	int status = shell_status();

	if (argc > 2) {
		complain(io, "too many arguments\n");
		return 1;
	}
	if (argc == 2 && kstrtoint(argv[1], 10, &status)) {
		complain(io, "%s: numeric argument required\n", argv[1]);
		status = STATUS_SYNTAX;
	}
	if (!shell_leave()) {
		complain(io, "this is the outermost shell; poweroff ends the machine\n");
		return 1;
	}
	return status & 0xff;
}

const struct command cmd_exit = {
	.name = "exit",
	.usage = "[STATUS]",
	.brief = "leave the shell that su started",
	.text = "With STATUS, or that of the last command.",
	.run = exit_run,
};

/* --- whoami, id --- */

static int whoami_run(struct io *io, int argc, char **argv)
{
	if (!options_none(io, argc, argv))
		return 1;
	out(io, "%s\n", user_name());
	return 0;
}

const struct command cmd_whoami = {
	.name = "whoami",
	.usage = "",
	.brief = "print who works here: root or student",
	.text = "su changes it.",
	.run = whoami_run,
};

static int id_run(struct io *io, int argc, char **argv)
{
	bool number = false, name = false;
	unsigned int id = user_current();
	const char *user = user_name();
	struct options o;
	int letter;

	options_start(&o, io, "ugn", argc, argv);
	while ((letter = option_next(&o))) {
		if (letter == '?')
			return 1;
		*(letter == 'n' ? &name : &number) = true;
	}
	if (o.operands)
		return extra_operand(io, argv[1]);
	if (name && !number) {
		complain(io, "cannot print only names or real IDs in default format\n");
		return 1;
	}
	if (name)
		out(io, "%s\n", user);
	else if (number)
		out(io, "%u\n", id);
	else
		out(io, "uid=%u(%s) gid=%u(%s) groups=%u(%s)\n", id, user, id, user, id, user);
	return 0;
}

const struct command cmd_id = {
	.name = "id",
	.usage = "[-u | -g] [-n]",
	.brief = "print who works here, with numbers",
	.text = "  -u, -g  only the number of the user, or of the user's group\n"
		"  -n      with one of these, the name instead",
	.run = id_run,
};
