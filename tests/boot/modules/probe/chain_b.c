/* SPDX-License-Identifier: MIT */
/* chain_b.c: the middle of a chain. */
#include <linux/module.h>

int chain_b_value(void);
int chain_c_value(void);

int chain_b_value(void)
{
	return 10 * chain_c_value() + 2;
}
EXPORT_SYMBOL_GPL(chain_b_value);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("The middle of a chain");
