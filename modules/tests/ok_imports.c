/* SPDX-License-Identifier: MIT */
/* ok_imports.c: uses each export of ok_exports, and may. */
/* expect: loads; after ok_exports; log "ok_imports: 1 2 3 4" */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

extern int test_plain;
int test_gpl(void);
int test_gpl_future(void);
int test_in_namespace(void);

static int __init ok_imports_init(void)
{
	printk(KERN_INFO "ok_imports: %d %d %d %d\n", test_plain, test_gpl(), test_gpl_future(),
	       test_in_namespace());
	return 0;
}

static void __exit ok_imports_exit(void)
{
}

module_init(ok_imports_init);
module_exit(ok_imports_exit);
MODULE_IMPORT_NS(KOAN_TEST);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Imports of every kind");
