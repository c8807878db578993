/* SPDX-License-Identifier: MIT */
/* ok_bss.c: variables without a value take memory that the file does not have; they start at 0. */
/* expect: loads; log "ok_bss: zero" */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

static char first[5000];
static char second[300] __section(".bss.second"); /* a .bss of its own */

static int __init ok_bss_init(void)
{
	unsigned int i, sum = 0;

	for (i = 0; i < sizeof(first); i++)
		sum += READ_ONCE(first[i]);
	for (i = 0; i < sizeof(second); i++)
		sum += READ_ONCE(second[i]);
	first[sizeof(first) - 1] = 1; /* and can be written, to the last byte */
	printk(KERN_INFO "ok_bss: %s\n", sum ? "not zero" : "zero");
	return 0;
}

static void __exit ok_bss_exit(void)
{
}

module_init(ok_bss_init);
module_exit(ok_bss_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Memory that the file does not have");
