/* SPDX-License-Identifier: MIT */
/* ok_rodata.c: constants, pointers among constants, and a value that only init may write. */
/* expect: loads; log "ok_rodata: one two three, 42" */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

static const char *const words[] = {"one", "two", "three"}; /* relocated, then sealed */
static int answer __ro_after_init;

static int __init ok_rodata_init(void)
{
	answer = 42;
	printk(KERN_INFO "ok_rodata: %s %s %s, %d\n", words[0], words[1], words[2], answer);
	return 0;
}

static void __exit ok_rodata_exit(void)
{
	printk(KERN_INFO "ok_rodata: still %d\n", answer);
}

module_init(ok_rodata_init);
module_exit(ok_rodata_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Read-only data");
