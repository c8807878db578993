/* SPDX-License-Identifier: MIT */
/* bad_exists.c: its init returns what would mean that the module is loaded already. */
/* expect: refused EBUSY; log "bad_exists: init suspiciously returned -EEXIST: Overriding with -EBUSY" */
#include <linux/module.h>

static int __init bad_exists_init(void)
{
	return -EEXIST;
}

module_init(bad_exists_init);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Is there already, it says");
