/* SPDX-License-Identifier: MIT */
/*
 * main.c: the part of the module that the kernel calls. The functions of primes.c and text.c are
 * found when the module is linked, long before it is loaded: nothing needs to be exported for
 * that, and no other module can see them.
 */
#include "multi.h"

#include <linux/module.h>
#include <linux/printk.h>

#define UP_TO 50

static int __init multi_init(void)
{
	for (unsigned int n = 0; n <= UP_TO; n++)
		if (multi_is_prime(n))
			multi_line_add(n);
	/* KBUILD_MODNAME is "multi" in all three files: the module's name, not the file's. */
	pr_info(KBUILD_MODNAME ": primes up to %d:%s\n", UP_TO, multi_line());
	return 0;
}

static void __exit multi_exit(void)
{
}

module_init(multi_init);
module_exit(multi_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("One module from three source files");
