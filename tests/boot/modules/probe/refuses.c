/* SPDX-License-Identifier: MIT */
/* refuses.c: its init fails. */
#include <linux/module.h>

static int __init refuses_init(void)
{
	return -ENODEV;
}

static void __exit refuses_exit(void)
{
}

module_init(refuses_init);
module_exit(refuses_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Its init fails");
