/* SPDX-License-Identifier: MIT */
/* ok_multi_main.c: one module of two files, which call each other; neither exports anything. */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

int ok_multi_add(int n);

int ok_multi_base(void)
{
	return 40;
}

static int __init ok_multi_init(void)
{
	printk(KERN_INFO "ok_multi: %d\n", ok_multi_add(2));
	return 0;
}

static void __exit ok_multi_exit(void)
{
}

module_init(ok_multi_init);
module_exit(ok_multi_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Two files, one module");
