/* SPDX-License-Identifier: MIT */
/* kallsyms.h: from addresses to names and back, over the kernel and every loaded module. */
#ifndef _LINUX_KALLSYMS_H
#define _LINUX_KALLSYMS_H

#include <linux/types.h>
#include <linux/compiler.h>

#define KSYM_NAME_LEN 512
/* "name+0x1234/0x5678 [module]" */
#define KSYM_SYMBOL_LEN (KSYM_NAME_LEN + 2 * 19 + 64)

/* 0 when there is none. "module:name" looks only in that module. */
unsigned long kallsyms_lookup_name(const char *name);
/* Writes "name+0xoffset/0xsize [module]", or the bare address; returns the length. */
int sprint_symbol(char *buffer, unsigned long address);

#endif
