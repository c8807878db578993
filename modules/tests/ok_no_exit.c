/* SPDX-License-Identifier: MIT */
/* ok_no_exit.c: a module with init and without exit is here to stay. */
/* expect: loads; log "ok_no_exit: here to stay"; permanent */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

static int __init ok_no_exit_init(void)
{
	printk(KERN_INFO "ok_no_exit: here to stay\n");
	return 0;
}

module_init(ok_no_exit_init);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Permanent");
