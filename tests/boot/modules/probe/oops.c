/* SPDX-License-Identifier: MIT */
/* oops.c: its init writes where nothing is. */
#include <linux/module.h>

static int *volatile nowhere;

static int __init oops_init(void)
{
	*nowhere = 1;
	return 0;
}

static void __exit oops_exit(void)
{
}

module_init(oops_init);
module_exit(oops_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Its init is killed");
