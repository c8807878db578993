/* SPDX-License-Identifier: MIT */
/* text.c: collects numbers in one line, since each printk() is a line of its own. */
#include "multi.h"

#include <linux/kernel.h>

/* static: no other file sees these two, not even of this module. */
static char line[128];
static int length;

void multi_line_add(unsigned int n)
{
	/* scnprintf() never writes more than there is room for, and says how much that was. */
	length += scnprintf(line + length, sizeof(line) - length, " %u", n);
}

const char *multi_line(void)
{
	return line;
}
