/* SPDX-License-Identifier: MIT */
/* soft_before.c: soft.c wants it before itself. */
#include <linux/module.h>

MODULE_ALIAS("soft-before-*");
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Somebody's softdep");
