/* SPDX-License-Identifier: MIT */
/* asked.c: uses what ask.c exports. */
#include <linux/module.h>
#include <linux/printk.h>

int ask_value(void);

static int __init asked_init(void)
{
	pr_info("asked: %d\n", ask_value());
	return 0;
}

static void __exit asked_exit(void)
{
}

module_init(asked_init);
module_exit(asked_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Uses what a module exports that asks for it");
