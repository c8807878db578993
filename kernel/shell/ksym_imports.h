/* SPDX-License-Identifier: MIT */
/* ksym_imports.h: ksym -u. */
#ifndef KOAN_SHELL_KSYM_IMPORTS_H
#define KOAN_SHELL_KSYM_IMPORTS_H

#include "shell/command.h"

/* Prints what the module called @name imports; returns the exit status. */
int ksym_imports(struct io *io, const char *name);

#endif
