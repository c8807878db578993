/* SPDX-License-Identifier: MIT */
/* dup.c: exports gpl_func, as prov does; built apart, because modpost would see that. */
#include <linux/init.h>
#include <linux/module.h>

int gpl_func(int n);

int gpl_func(int n)
{
	return n;
}
EXPORT_SYMBOL_GPL(gpl_func);

static int __init dup_init(void)
{
	return 0;
}

static void __exit dup_exit(void)
{
}

module_init(dup_init);
module_exit(dup_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Exports what another module exports");
