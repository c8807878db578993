/* SPDX-License-Identifier: MIT */
/* speak.c: says a line at each level of the log. */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

static int __init speak_init(void)
{
	printk(KERN_EMERG "speak: a line at level emerg\n");
	printk(KERN_ALERT "speak: a line at level alert\n");
	printk(KERN_CRIT "speak: a line at level crit\n");
	printk(KERN_ERR "speak: a line at level err\n");
	printk(KERN_WARNING "speak: a line at level warn\n");
	printk(KERN_NOTICE "speak: a line at level notice\n");
	printk(KERN_INFO "speak: a line at level info\n");
	printk(KERN_DEBUG "speak: a line at level debug\n");
	return 0;
}

static void __exit speak_exit(void)
{
}

module_init(speak_init);
module_exit(speak_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Says a line at each level");
