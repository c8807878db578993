/* SPDX-License-Identifier: MIT */
/*
 * command.h: commands of the console that modules bring. They are in `help`, Tab completes them,
 * and they stand in pipes and redirections like the kernel's own.
 */
#ifndef _KOAN_COMMAND_H
#define _KOAN_COMMAND_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/export.h>
#include <linux/stdarg.h>

struct module;
struct io; /* where a command's text goes; the shell's */

struct console_command {
	const char *name;
	const char *usage; /* its arguments, after the name; "" when it takes none */
	const char *brief; /* one line of `help` */
	const char *text;  /* `help NAME`: lines without a newline behind the last */
	/*
	 * argv[0] is the name, argv[argc] is NULL. Returns the exit status: 0 for success. The
	 * module cannot be unloaded while it runs.
	 */
	int (*run)(struct io *io, int argc, char **argv);
};

/*
 * From now on the console knows the command. @command stays the caller's and must stay as it is
 * until it is unregistered. -EEXIST: there is one of that name; -EINVAL: the name is no single
 * word, or something is missing; -ENOMEM. The log says which.
 */
__must_check int register_command(const struct console_command *command, struct module *owner);
#define register_command(command) register_command(command, THIS_MODULE)
/* What is not registered is ignored. */
void unregister_command(const struct console_command *command);

/* To the standard output: the console, a pipe or a file. */
__printf(2, 3) void command_out(struct io *io, const char *fmt, ...);
/* To the standard error, after "NAME: ". */
__printf(2, 3) void command_err(struct io *io, const char *fmt, ...);

/* "--NAME" is the same as a letter, or as any number above 0 that is no letter of the command's. */
struct long_option {
	const char *name; /* NULL behind the last */
	int letter;
};

/*
 * One command's arguments, as getopt(3) reads them. Operands trade places with options until,
 * when option_next() returned 0, there are @operands of them from argv[1] on. A "+" in front of
 * @spec stops at the first.
 */
struct options {
	struct io *io;
	const char *spec; /* option letters, each with ":" when it takes an argument */
	const struct long_option *longs; /* may be NULL; set it behind options_start() */
	int argc;
	char **argv;
	int next;	  /* index in argv of what is looked at next */
	const char *rest; /* letters left of "-abc" */
	const char *arg;  /* the argument of the option that was returned */
	int operands;
	bool only_operands; /* "--" was seen */
};

void options_start(struct options *o, struct io *io, const char *spec, int argc, char **argv);
/* The next letter, 0 at the end, '?' after it complained. */
int option_next(struct options *o);
/* "Try 'NAME --help' for more information.", behind a complaint. Returns status 1. */
int bad_usage(struct io *io);
/* Complains about an operand too many. Returns status 1. */
int extra_operand(struct io *io, const char *operand);

#endif
