/* SPDX-License-Identifier: MIT */
/* broken.c: crashes in init or in exit, with an export, a parameter and a provider to lose. */
#include <linux/module.h>
#include <linux/slab.h>

extern int victim_plain;

static bool in_exit;
module_param(in_exit, bool, 0444);
MODULE_PARM_DESC(in_exit, "Not in init");

static char *text = "";
module_param(text, charp, 0444);
MODULE_PARM_DESC(text, "Takes memory");

static int *volatile nowhere;

int broken_value;
EXPORT_SYMBOL_GPL(broken_value);

static int __init broken_init(void)
{
	broken_value = victim_plain;
	if (!in_exit)
		*nowhere = 1;
	return 0;
}

static void __exit broken_exit(void)
{
	*nowhere = 1;
}

module_init(broken_init);
module_exit(broken_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Crashes");
