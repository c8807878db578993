/* SPDX-License-Identifier: MIT */
/* weakuse.c: can do without a function that nobody exports. */
#include <linux/init.h>
#include <linux/module.h>

extern void nowhere_func(void) __weak;

static int __init weakuse_init(void)
{
	pr_info("weakuse: %s\n", nowhere_func ? "there" : "absent");
	return 0;
}

static void __exit weakuse_exit(void)
{
}

module_init(weakuse_init);
module_exit(weakuse_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Refers weakly to what is not there");
