/* SPDX-License-Identifier: MIT */
/* opts.c: says which parameters it got, and has aliases. */
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>

static int level;
module_param(level, int, 0444);
MODULE_PARM_DESC(level, "A number");

static char *word = "none";
module_param(word, charp, 0444);
MODULE_PARM_DESC(word, "A text");

static int __init opts_init(void)
{
	pr_info("opts: level=%d word=%s\n", level, word);
	return 0;
}

static void __exit opts_exit(void)
{
}

module_init(opts_init);
module_exit(opts_exit);

MODULE_ALIAS("probe-[a-c]?-*");
MODULE_ALIAS("probe-plain");
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Says which parameters it got");
