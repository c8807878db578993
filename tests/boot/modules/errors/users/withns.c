/* SPDX-License-Identifier: MIT */
/* withns.c: calls a function of a namespace that it imports. */
#include <linux/init.h>
#include <linux/module.h>

extern int ns_func(void);

static int __init withns_init(void)
{
	pr_info("%s: %d\n", THIS_MODULE->name, ns_func());
	return 0;
}

static void __exit withns_exit(void)
{
}

module_init(withns_init);
module_exit(withns_exit);
MODULE_IMPORT_NS(KOAN_TEST);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Calls a function of a namespace");
