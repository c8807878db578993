/* SPDX-License-Identifier: MIT */
/* second.c: the other half of levels: within a level, what is linked first is called first. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

/* Set before the first of them runs. */
static int set_early __initdata;
module_param(set_early, int, 0);

static int __init say_parameter(void)
{
	pr_info("levels: set_early=%d\n", set_early);
	return 0;
}
early_initcall(say_parameter);

static int __init second_init(void)
{
	pr_info("levels: device of " KBUILD_MODNAME "\n");
	return 0;
}

static void __exit second_exit(void)
{
	pr_info("levels: never called\n");
}

module_init(second_init);
module_exit(second_exit);
