/* SPDX-License-Identifier: MIT */
/* keeper.c: takes a reference of itself that nobody gives back. */
#include <linux/module.h>

static int __init keeper_init(void)
{
	__module_get(THIS_MODULE);
	return 0;
}

static void __exit keeper_exit(void)
{
	pr_info("keeper: gone\n");
}

module_init(keeper_init);
module_exit(keeper_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Keeps itself");
