/* SPDX-License-Identifier: MIT */
/* victim.c: comes and goes, and is watched. */
#include <linux/module.h>

static int fail;
module_param(fail, int, 0444);
MODULE_PARM_DESC(fail, "What init returns");

int victim_value = 7;
EXPORT_SYMBOL_GPL(victim_value);
int victim_plain = 8;
EXPORT_SYMBOL(victim_plain);

static int __init victim_init(void)
{
	pr_info("victim: init\n");
	return fail;
}

static void __exit victim_exit(void)
{
	pr_info("victim: exit\n");
}

module_init(victim_init);
module_exit(victim_exit);
MODULE_LICENSE("GPL");
MODULE_INFO(staging, "Y"); /* which the loader says of every load */
MODULE_DESCRIPTION("Is watched");
