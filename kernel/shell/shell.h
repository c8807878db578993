/* SPDX-License-Identifier: MIT */
/*
 * shell.h: the console: reads a line, runs the commands on it, prints the next prompt.
 */
#ifndef KOAN_SHELL_H
#define KOAN_SHELL_H

#include <linux/types.h>
#include <linux/compiler.h>

/* Reads and runs lines for ever; the machine ends inside a command. */
__noreturn void shell_run(void);

#endif
