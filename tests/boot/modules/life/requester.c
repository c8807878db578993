/* SPDX-License-Identifier: MIT */
/* requester.c: wants a symbol so much that the module which has it is loaded for it. */
#include <linux/module.h>

extern int victim_value; /* by name only: nothing here is linked to it */

static int *value;

static int __init requester_init(void)
{
	value = symbol_request(victim_value);
	if (!value)
		return -ENOENT;
	pr_info("requester: victim_value is %d\n", *value);
	return 0;
}

static void __exit requester_exit(void)
{
	symbol_put(victim_value);
}

module_init(requester_init);
module_exit(requester_exit);
MODULE_LICENSE("GPL");
MODULE_WEAKDEP("victim");
MODULE_DESCRIPTION("Requests a symbol");
