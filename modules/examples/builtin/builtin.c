/* SPDX-License-Identifier: MIT */
/*
 * builtin.c: a module that is a part of the kernel.
 *
 * Nothing in this file says so: the Kbuild file does, where obj-$(CONFIG_EXAMPLE_BUILTIN) means
 * obj-y rather than obj-m, since that is what the configuration says (make menuconfig). Then
 * MODULE is not defined, THIS_MODULE is NULL, and module_init() makes the function one of those
 * that the kernel calls while it boots. Parameters come from the kernel command line:
 * builtin.motto=...
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

static char *motto = "always there";
module_param(motto, charp, 0644);
MODULE_PARM_DESC(motto, "What to say at boot");

/* Given back after boot, with all that is __init; so it cannot have a file in /sys. */
static int times __initdata;
module_param(times, int, 0);
MODULE_PARM_DESC(times, "How often to say it");

/* A parameter with a mind of its own: it counts how often it was read. */
static unsigned int visits;

static int visits_get(char *buffer, const struct kernel_param *kp)
{
	visits++;
	return param_get_uint(buffer, kp);
}

static const struct kernel_param_ops visits_ops = {.get = visits_get};
module_param_cb(visits, &visits_ops, &visits, 0444);
MODULE_PARM_DESC(visits, "How often this file was read");

static int __init builtin_init(void)
{
	for (int i = 0; i < times; i++)
		pr_info("builtin: of %s: %s\n", module_name(THIS_MODULE), motto);
	return 0;
}

/* Called when a module is removed: kept, but never called, in a part of the kernel. */
static void __exit builtin_exit(void)
{
	pr_info("builtin: gone\n");
}

module_init(builtin_init);
module_exit(builtin_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("A module that is a part of the kernel");
MODULE_VERSION("1.0");
