/* SPDX-License-Identifier: MIT */
/*
 * visitor.c: uses what greeter.c exports. In visitor.ko the two names are undefined; the loader
 * finds them in greeter's tables, and refuses visitor as long as greeter is not there. From then
 * on greeter counts visitor among its users and cannot be removed before it.
 */
#include <linux/module.h>
#include <linux/printk.h>

#include "greeter.h"

static int __init visitor_init(void)
{
	greeter_greet("visitor");
	pr_info("visitor: number %u\n", greeter_count);
	return 0;
}

static void __exit visitor_exit(void)
{
	pr_info("visitor: off again\n");
}

module_init(visitor_init);
module_exit(visitor_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("Uses another module's function and variable");
