/* SPDX-License-Identifier: MIT */
/* soft_after.c: soft.c wants it after itself. */
#include <linux/module.h>

MODULE_ALIAS("soft-after-*");
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Somebody's softdep");
