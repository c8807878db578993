/* SPDX-License-Identifier: MIT */
/* initfail.c: its init returns what it is told to; -ENODEV if it is told nothing. */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/module.h>

static int ret = -ENODEV;
module_param(ret, int, 0444);
MODULE_PARM_DESC(ret, "What init returns");

static int __init initfail_init(void)
{
	pr_info("initfail: returning %d\n", ret);
	return ret;
}

static void __exit initfail_exit(void)
{
}

module_init(initfail_init);
module_exit(initfail_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Returns what it is told");
