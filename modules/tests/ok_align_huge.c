/* SPDX-License-Identifier: MIT */
/* ok_align_huge.c: an alignment larger than a page is legal, and kept. */
/* expect: loads; log "ok_align_huge: aligned" */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

#define HUGE 65536

static char table[100] __aligned(HUGE) = "huge";
static const char constant[] __aligned(2 * HUGE) = "larger";

static int __init ok_align_huge_init(void)
{
	const char *first = table, *second = constant;
	bool good;

	/* The compiler believes the attributes; make it look. */
	__asm__("" : "+r"(first), "+r"(second));
	good = IS_ALIGNED((unsigned long)first, HUGE) &&
	       IS_ALIGNED((unsigned long)second, 2 * HUGE);
	printk(KERN_INFO "ok_align_huge: %s\n", good ? "aligned" : "not aligned");
	return 0;
}

static void __exit ok_align_huge_exit(void)
{
}

module_init(ok_align_huge_init);
module_exit(ok_align_huge_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("An alignment larger than a page");
