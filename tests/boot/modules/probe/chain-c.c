/* SPDX-License-Identifier: MIT */
/* chain-c.c: the end of a chain: chain_a uses chain_b, which uses this. */
#include <linux/module.h>

int chain_c_value(void);

int chain_c_value(void)
{
	return 3;
}
EXPORT_SYMBOL_GPL(chain_c_value);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("The end of a chain");
