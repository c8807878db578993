/* SPDX-License-Identifier: MIT */
/* bad_init.c: init fails, so nothing of the module may be left: not its name, not its exports. */
/* expect: refused ENODEV; log "bad_init: returning -19" */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

static char *text = "none";
module_param(text, charp, 0444);

extern int bad_init_value;
int bad_init_value;
EXPORT_SYMBOL(bad_init_value);

static int __init bad_init_init(void)
{
	printk(KERN_INFO "bad_init: returning %d\n", -ENODEV);
	return -ENODEV;
}

static void __exit bad_init_exit(void)
{
	printk(KERN_INFO "bad_init: exit must not run\n");
}

module_init(bad_init_init);
module_exit(bad_init_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Fails in init");
