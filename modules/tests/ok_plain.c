/* SPDX-License-Identifier: MIT */
/* ok_plain.c: uses only what every module may use; the proprietary test modules are made of it. */
/* expect: loads; after ok_exports; log "ok_plain: 1 3" */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

extern int test_plain;
int test_gpl_future(void);
int plain_export(void);

int plain_export(void)
{
	return test_plain;
}
EXPORT_SYMBOL(plain_export);

static int __init ok_plain_init(void)
{
	printk(KERN_INFO "ok_plain: %d %d\n", plain_export(), test_gpl_future());
	return 0;
}

static void __exit ok_plain_exit(void)
{
}

module_init(ok_plain_init);
module_exit(ok_plain_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Uses no GPL-only export");
