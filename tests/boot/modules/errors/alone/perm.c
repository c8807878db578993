/* SPDX-License-Identifier: MIT */
/* perm.c: has no exit function, so it stays. */
#include <linux/init.h>
#include <linux/module.h>

static int __init perm_init(void)
{
	pr_info("perm: here to stay\n");
	return 0;
}

module_init(perm_init);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Cannot be removed");
