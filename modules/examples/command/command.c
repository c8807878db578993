/* SPDX-License-Identifier: MIT */
/*
 * command.c: brings a command to the console: `factor 12` prints the prime factors of 12, like the
 * tool of that name. On Linux a command is a program; Koan, which has no programs, lets modules
 * register functions.
 */
#include <koan/command.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

static void print_factors(struct io *io, unsigned long long n)
{
	unsigned long long divisor;

	command_out(io, "%llu:", n);
	for (divisor = 2; divisor <= n / divisor; divisor++) {
		while (n % divisor == 0) {
			command_out(io, " %llu", divisor);
			n /= divisor;
		}
	}
	if (n > 1)
		command_out(io, " %llu", n);
	command_out(io, "\n");
}

/* argv[0] is the name, as in main(). What is returned is `$?`. */
static int factor_run(struct io *io, int argc, char **argv)
{
	unsigned long long n;
	int i, status = 0;

	for (i = 1; i < argc; i++) {
		if (kstrtoull(argv[i], 10, &n)) {
			command_err(io, "'%s' is not a valid positive integer\n", argv[i]);
			status = 1;
			continue;
		}
		print_factors(io, n);
	}
	return status;
}

static const struct console_command factor = {
	.name = "factor",
	.usage = "[NUMBER]...",
	.brief = "print the prime factors of numbers",
	.text = "Each on a line of its own.",
	.run = factor_run,
};

/* -EEXIST when there is a command of that name; insmod then fails. */
static int __init command_init(void)
{
	return register_command(&factor);
}

static void __exit command_exit(void)
{
	unregister_command(&factor);
}

module_init(command_init);
module_exit(command_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("A command for the console");
