/* SPDX-License-Identifier: MIT */
/* slashed.c: the test changes a letter of the parameter's name. */
#include <linux/module.h>
#include <linux/moduleparam.h>

static int nosolidus;
module_param(nosolidus, int, 0644);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A parameter that no file can be named after");
