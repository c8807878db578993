/* SPDX-License-Identifier: MIT */
/* gpluse.c: calls what is exported for GPL modules, being one. */
#include <linux/init.h>
#include <linux/module.h>

extern int gpl_func(int n);

static int __init gpluse_init(void)
{
	pr_info("%s: %d\n", THIS_MODULE->name, gpl_func(1));
	return 0;
}

static void __exit gpluse_exit(void)
{
}

module_init(gpluse_init);
module_exit(gpluse_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Calls a GPL-only function");
