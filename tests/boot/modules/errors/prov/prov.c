/* SPDX-License-Identifier: MIT */
/*
 * prov.c: exports a symbol of each kind: for all, for GPL modules, for those that import its
 * namespace. With -DPROV_NEW the type of gpl_func is another one.
 */
#include <linux/init.h>
#include <linux/module.h>

int plain_value = 7;
EXPORT_SYMBOL(plain_value);

#ifdef PROV_NEW
long gpl_func(long n, char more);

long gpl_func(long n, char more)
{
	return n + more;
}
#else
int gpl_func(int n);

int gpl_func(int n)
{
	return n + 1;
}
#endif
EXPORT_SYMBOL_GPL(gpl_func);

int ns_func(void);

int ns_func(void)
{
	return 3;
}
EXPORT_SYMBOL_NS(ns_func, KOAN_TEST);

static int __init prov_init(void)
{
	pr_info("prov: loaded\n");
	return 0;
}

static void __exit prov_exit(void)
{
	pr_info("prov: unloaded\n");
}

module_init(prov_init);
module_exit(prov_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Exports for all, for GPL modules, and into a namespace");
