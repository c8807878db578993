/* SPDX-License-Identifier: MIT */
/* stays.c: has no exit function, so that nobody can remove it. */
#include <linux/module.h>

static int __init stays_init(void)
{
	return 0;
}

module_init(stays_init);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Cannot be removed");
