/* SPDX-License-Identifier: MIT */
/* chain_a.c: the beginning of a chain. */
#include <linux/module.h>
#include <linux/printk.h>

int chain_b_value(void);

static int __init chain_a_init(void)
{
	pr_info("chain_a: %d\n", 10 * chain_b_value() + 1);
	return 0;
}

static void __exit chain_a_exit(void)
{
}

module_init(chain_a_init);
module_exit(chain_a_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("The beginning of a chain");
