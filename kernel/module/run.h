/* SPDX-License-Identifier: MIT */
/*
 * run.h: phase 11: code that is not the loader's is called: a module's own, and what is built in.
 * It may do what it likes, and take as long.
 */
#ifndef KOAN_MODULE_RUN_H
#define KOAN_MODULE_RUN_H

#include "module/load.h"

/* --- run.c, initcall.c: 11 its own code --- */

/* After relocation: init and exit, where there are any, lie in the module's code. */
__must_check int verify_entry_points(struct load *ld);
/*
 * Calls @fn once, as the command line wants it, and mends interrupts that it left off. Returns its
 * result; -EPERM, without a call, when initcall_blacklist= has its name.
 */
__must_check int do_one_initcall(initcall_t fn);
/* The two functions to break on: out of line, and called when all symbols are known. */
__must_check int do_init_module(struct module *mod);
/* The first of them, and how it went. */
__must_check int run_init(struct load *ld);
/* In a dry run: tells what that would do. */
void run_try(struct load *ld);
void do_exit_module(struct module *mod);

/* --- builtin.c: modules that are part of the kernel --- */

/* Sets their parameters and shows them in /sys. */
void builtins_init(void);

#endif
