/* SPDX-License-Identifier: MIT */
/* needy.c: cannot be without victim.c. */
#include <linux/module.h>

extern int victim_plain;

static int __init needy_init(void)
{
	pr_info("needy: %d\n", victim_plain);
	return 0;
}

static void __exit needy_exit(void)
{
}

module_init(needy_init);
module_exit(needy_exit);
MODULE_LICENSE("GPL");
MODULE_INFO(test, "Y");
MODULE_DESCRIPTION("Uses victim");
