/* SPDX-License-Identifier: MIT */
/* bad_init_param.c: a parameter that is in /sys, but whose variable is gone after init. */
/* expect: refused ENOEXEC; log "bad_init_param: parameter `once' leads to 0x" */
#include <linux/module.h>
#include <linux/moduleparam.h>

static int once __initdata;
module_param(once, int, 0444);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Has a parameter that does not stay");
