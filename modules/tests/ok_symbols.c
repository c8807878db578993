/* SPDX-License-Identifier: MIT */
/* ok_symbols.c: a module prints addresses as names: its own, the kernel's, and none at all. */
/* expect: loads; log "ok_symbols: helper [ok_symbols], printk, 0x10, 0000000000000010, helper [ok_symbols], helper+0x1/0x" */
#include <linux/init.h>
#include <linux/kallsyms.h>
#include <linux/module.h>
#include <linux/printk.h>

static noinline int helper(int n)
{
	/* Code of its own, and of more than one byte. */
	asm volatile("" : "+r"(n));
	return n + 1;
}

static int __init ok_symbols_init(void)
{
	static char name[KSYM_SYMBOL_LEN];
	char *inside = (char *)helper + 1;

	sprint_symbol_no_offset(name, (unsigned long)inside);
	pr_info("ok_symbols: %ps, %ps, %pS, %px, %s, %pS\n", (void *)helper, (void *)printk,
		(void *)16, (void *)16, name, inside);
	return helper(-1);
}

static void __exit ok_symbols_exit(void)
{
}

module_init(ok_symbols_init);
module_exit(ok_symbols_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Prints addresses as names");
