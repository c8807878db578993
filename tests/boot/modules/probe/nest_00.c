/* SPDX-License-Identifier: MIT */
/*
 * nest_00.c: its init asks for the module of the next number. The test makes nest_01, nest_02 and
 * so on from this file by changing the name in it.
 */
#include <linux/kmod.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/printk.h>

static int __init nest_init(void)
{
	const char *digits = THIS_MODULE->name + sizeof("nest_") - 1;
	int number = 10 * (digits[0] - '0') + digits[1] - '0';
	int ret = request_module("nest_%02d", number + 1);

	if (ret)
		pr_info("nest: %d asked in vain: %d\n", number, ret);
	return 0;
}

static void __exit nest_exit(void)
{
}

module_init(nest_init);
module_exit(nest_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Asks for the next one");
