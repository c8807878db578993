/* SPDX-License-Identifier: MIT */
/* ok_user.c: uses an export of ok_plain first, and a GPL-only one of ok_exports only later. */
/* expect: loads; after ok_exports ok_plain; log "ok_user: 1" */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

int plain_export(void);

static int __init ok_user_init(void)
{
	printk(KERN_INFO "ok_user: %d\n", plain_export());
	return 0;
}

static void __exit ok_user_exit(void)
{
}

module_init(ok_user_init);
module_exit(ok_user_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Third in a chain");
