/* SPDX-License-Identifier: MIT */
/* ok_namesake.c: uses each export of ok_namespaces, and may. */
/* expect: loads; after ok_namespaces; log "ok_namesake: 1 2 3 4" */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

extern int test_ns_word, test_ns_default;
int test_ns_string(void);
int test_ns_listed(void);

static int __init ok_namesake_init(void)
{
	printk(KERN_INFO "ok_namesake: %d %d %d %d\n", test_ns_word, test_ns_string(),
	       test_ns_listed(), test_ns_default);
	return 0;
}

static void __exit ok_namesake_exit(void)
{
}

module_init(ok_namesake_init);
module_exit(ok_namesake_exit);
MODULE_IMPORT_NS("KOAN_WORD");
MODULE_IMPORT_NS(KOAN_STRING);
MODULE_IMPORT_NS(KOAN_DEFAULT);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Imports namespaces");
