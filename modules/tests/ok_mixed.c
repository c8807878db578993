/* SPDX-License-Identifier: MIT */
/* ok_mixed.c: uses a GPL-only export and one of ok_plain, which must then not be proprietary. */
/* expect: loads; after ok_exports ok_plain; log "ok_mixed: 3" */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

int plain_export(void);
int test_gpl(void);

static int __init ok_mixed_init(void)
{
	printk(KERN_INFO "ok_mixed: %d\n", plain_export() + test_gpl());
	return 0;
}

static void __exit ok_mixed_exit(void)
{
}

module_init(ok_mixed_init);
module_exit(ok_mixed_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Uses two providers");
