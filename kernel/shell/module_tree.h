/* SPDX-License-Identifier: MIT */
/* module_tree.h: the tree that lsmod -t prints. */
#ifndef KOAN_SHELL_MODULE_TREE_H
#define KOAN_SHELL_MODULE_TREE_H

#include "shell/command.h"

/* Prints all loaded modules, users below what they use. 0 or -ENOMEM. */
__must_check int module_tree_print(struct io *io);

#endif
