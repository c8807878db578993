/* SPDX-License-Identifier: MIT */
/* ok_no_init.c: data for others and not one function: no .text, nothing to run, removable. */
/* expect: loads */
#include <linux/module.h>

extern int ok_no_init_value;
int ok_no_init_value = 7;
EXPORT_SYMBOL(ok_no_init_value);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Data only");
