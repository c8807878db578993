/* SPDX-License-Identifier: MIT */
/* doubled_b.c: half of a module whose halves both have a parameter "debug". */
#include <linux/module.h>
#include <linux/moduleparam.h>

static int debug;
module_param(debug, int, 0644);
