/* SPDX-License-Identifier: MIT */
/* ok_empty.c: a module that is nothing but a module. */
/* expect: loads */
#include <linux/module.h>

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Nothing");
