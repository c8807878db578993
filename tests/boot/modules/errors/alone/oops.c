/* SPDX-License-Identifier: MIT */
/* oops.c: its init writes to address 8, one call further down. */
#include <linux/init.h>
#include <linux/module.h>

static unsigned long address = 8;
module_param(address, ulong, 0);
MODULE_PARM_DESC(address, "Where to write");

static noinline void inner(void)
{
	WRITE_ONCE(*(volatile int *)address, 1);
}

static int __init oops_init(void)
{
	inner();
	return 0;
}

static void __exit oops_exit(void)
{
}

module_init(oops_init);
module_exit(oops_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Writes where nothing is");
