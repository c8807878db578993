/* SPDX-License-Identifier: MIT */
/*
 * ok_sections.c: sections the loader knows nothing of are loaded when they take memory, by their
 * flags; others are not even read.
 */
/* expect: loads; log "ok_sections: 1 2 3" */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

static int written __section("odd_data") = 1;
static const int constant __section("odd_rodata") = 2;

static noinline int __section("odd_text") code(void)
{
	return 3;
}

/* No memory: its alignment and its relocation are nobody's business. */
__asm__(".pushsection .comment.odd, \"\", @progbits\n"
	".quad code\n"
	".popsection\n");

static int __init ok_sections_init(void)
{
	printk(KERN_INFO "ok_sections: %d %d %d\n", READ_ONCE(written), READ_ONCE(constant),
	       code());
	written++;
	return 0;
}

static void __exit ok_sections_exit(void)
{
}

module_init(ok_sections_init);
module_exit(ok_sections_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Sections with other names");
