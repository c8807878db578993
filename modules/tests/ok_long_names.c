/* SPDX-License-Identifier: MIT */
/* ok_long_names.c: of two symbols, one has the longest name that the kernel keeps, the other a longer one. */
/* expect: loads */
#include <linux/module.h>

#define X7  "xxxxxxx"
#define X8  "x" X7
#define X64 X8 X8 X8 X8 X8 X8 X8 X8

int long_kept asm(X64 X64 X64 X64 X64 X64 X64 X8 X8 X8 X8 X8 X8 X8 X7) = 1;
int long_lost asm(X64 X64 X64 X64 X64 X64 X64 X64) = 2;

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Names of 511 and 512 characters");
