/* SPDX-License-Identifier: MIT */
/*
 * greeter.c: offers a function and a variable to other modules.
 *
 * Being global in C is not enough: the kernel links modules to each other only by what is
 * exported. EXPORT_SYMBOL puts name and address into a table of this module, and the loader looks
 * through the tables of the kernel and of all loaded modules.
 */
#include <linux/export.h>
#include <linux/module.h>
#include <linux/printk.h>

#include "greeter.h"

unsigned int greeter_count;
EXPORT_SYMBOL(greeter_count);

/* Global for the other files of this module, if there were any; not exported. */
const char greeter_word[] = "good day";

void greeter_greet(const char *who)
{
	greeter_count++;
	pr_info("greeter: %s, %s\n", greeter_word, who);
}
/* Only for modules whose licence goes together with the GPL. */
EXPORT_SYMBOL_GPL(greeter_greet);

/* Nothing to do on load: no module_init. Without a module_exit it could never be removed. */
static int __init greeter_init(void)
{
	return 0;
}

static void __exit greeter_exit(void)
{
	pr_info("greeter: %u greeted\n", greeter_count);
}

module_init(greeter_init);
module_exit(greeter_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("Exports a function and a variable");
