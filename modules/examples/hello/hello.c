/* SPDX-License-Identifier: MIT */
/*
 * hello.c: the smallest module that does something. The kernel calls the one function when the
 * module is loaded and the other one when it is removed; in between nothing of it runs.
 */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/printk.h>

/*
 * Returns 0 when all is well. With a negative error number, such as -ENODEV, the load fails, the
 * kernel takes the module out again, and insmod shows the error.
 *
 * __init: needed once; the kernel takes this memory back when the function has returned.
 */
static int __init hello_init(void)
{
	pr_info("hello: a module was loaded\n");
	return 0;
}

/* Cannot fail: when it is called nobody uses the module any more. Undoes what init did. */
static void __exit hello_exit(void)
{
	pr_info("hello: and now it is gone\n");
}

module_init(hello_init);
module_exit(hello_exit);

/* Without a licence that goes together with the GPL, half of the kernel's exports are closed. */
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("The smallest module that does something");
