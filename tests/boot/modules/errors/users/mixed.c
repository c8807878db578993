/* SPDX-License-Identifier: MIT */
/*
 * mixed.c: a GPL module that wants a GPL-only function and one of a proprietary module. The pointers
 * put the first before the second in the symbol table, whatever the compiler.
 */
#include <linux/init.h>
#include <linux/module.h>

extern int gpl_func(int n);
extern int prop_func(void);

static int (*first)(int n) __used = gpl_func;
static int (*second)(void) __used = prop_func;

static int __init mixed_init(void)
{
	return first(0) && second() ? 0 : -EINVAL;
}

static void __exit mixed_exit(void)
{
}

module_init(mixed_init);
module_exit(mixed_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Uses what does not go together");
