/* SPDX-License-Identifier: MIT */
/* ok_obsolete.c: has parameters as they were before Linux 2.6, and an old compiler's constructor. */
/* expect: loads; log "ok_obsolete: Ignoring obsolete parameters"; log "ok_obsolete: 1" */
#include <linux/module.h>

static const char obsolete[] __used __section("__obsparm") = "count=i";

static int calls;

static void constructor(void)
{
	calls++;
}

static void (*const constructors[])(void) __used __section(".ctors") = {constructor};

static int __init ok_obsolete_init(void)
{
	pr_info("ok_obsolete: %d\n", calls);
	return 0;
}

static void __exit ok_obsolete_exit(void)
{
}

module_init(ok_obsolete_init);
module_exit(ok_obsolete_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Is old");
