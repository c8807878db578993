/* SPDX-License-Identifier: MIT */
/* getter.c: asks for a symbol by name while it runs, and gives it back when it goes. */
#include <linux/module.h>

static char *name = "";
module_param(name, charp, 0444);
MODULE_PARM_DESC(name, "The symbol");

static bool by_address;
module_param(by_address, bool, 0444);
MODULE_PARM_DESC(by_address, "Give it back by its address");

static int *value;

static int __init getter_init(void)
{
	value = __symbol_get(name);
	pr_info("getter: %s is %s\n", name, value ? "there" : "not there");
	return 0;
}

static void __exit getter_exit(void)
{
	if (!value)
		return;
	if (by_address)
		symbol_put_addr(value);
	else
		__symbol_put(name);
}

module_init(getter_init);
module_exit(getter_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Asks for a symbol");
