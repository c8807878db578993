/* SPDX-License-Identifier: MIT */
/* ok_positive.c: an init that returns a positive number is odd, and is loaded all the same. */
/* expect: loads; log "do_init_module: 'ok_positive'->init suspiciously returned 3, it should follow 0/-E convention"; log "do_init_module: loading module anyway..." */
#include <linux/init.h>
#include <linux/module.h>

static int __init ok_positive_init(void)
{
	return 3;
}

static void __exit ok_positive_exit(void)
{
}

module_init(ok_positive_init);
module_exit(ok_positive_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("An odd result");
