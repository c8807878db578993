/* SPDX-License-Identifier: MIT */
/* prop.c: a proprietary module that uses an export for all and has one itself. */
#include <linux/init.h>
#include <linux/module.h>

extern int plain_value;

int prop_func(void);

int prop_func(void)
{
	return plain_value;
}
EXPORT_SYMBOL(prop_func);

static int __init prop_init(void)
{
	pr_info("prop: %d\n", prop_func());
	return 0;
}

static void __exit prop_exit(void)
{
}

module_init(prop_init);
module_exit(prop_exit);
MODULE_LICENSE("Proprietary");
MODULE_DESCRIPTION("Proprietary, with an export");
