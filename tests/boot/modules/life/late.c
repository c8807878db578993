/* SPDX-License-Identifier: MIT */
/* late.c: comes too late: what broken.c exports is never ready. */
#include <linux/module.h>

extern int broken_value;

static int __init late_init(void)
{
	pr_info("late: %d\n", broken_value);
	return 0;
}

static void __exit late_exit(void)
{
}

module_init(late_init);
module_exit(late_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Uses broken");
