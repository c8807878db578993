/* SPDX-License-Identifier: MIT */
/* soft.c: wants others around it, and can do without them. */
#include <linux/module.h>

MODULE_SOFTDEP("pre: soft_before nowhere post: soft_after");
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Has softdeps");
