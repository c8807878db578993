/* SPDX-License-Identifier: MIT */
/* ok_weak.c: a weak reference that nobody provides is 0, and the module loads. */
/* expect: loads; log "ok_weak: absent, snprintf is there" */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

extern int nowhere_func(void) __weak;
extern __typeof__(snprintf) snprintf __weak; /* weak, but there */

static int __init ok_weak_init(void)
{
	printk(KERN_INFO "ok_weak: %s, snprintf is %s\n", nowhere_func ? "present" : "absent",
	       snprintf ? "there" : "missing");
	return 0;
}

static void __exit ok_weak_exit(void)
{
}

module_init(ok_weak_init);
module_exit(ok_weak_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A weak reference");
