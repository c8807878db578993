/* SPDX-License-Identifier: MIT */
/* asks.c: a module that uses what levels exports. */
#include <linux/kernel.h>
#include <linux/module.h>

int levels_answer(void);

static int __init asks_init(void)
{
	pr_info("asks: %d\n", levels_answer());
	return 0;
}

static void __exit asks_exit(void)
{
}

module_init(asks_init);
module_exit(asks_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Uses what is built in");
