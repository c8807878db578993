/* SPDX-License-Identifier: MIT */
/*
 * exhaust.c: takes all memory there is, counts the pages of a range of addresses among it, and
 * gives all back. What is asked for is small, so that it comes from the direct map of memory and
 * its address tells which page it is.
 */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>

#define PAGE  4096
#define BLOCK 1024

static unsigned long start, end;
module_param(start, ulong, 0444);
module_param(end, ulong, 0444);

struct block {
	struct block *next;
};

static bool seen[1024];

static unsigned int mark(unsigned long address)
{
	unsigned long page = (address - start) / PAGE;

	if (address < start || address >= end || page >= ARRAY_SIZE(seen) || seen[page])
		return 0;
	seen[page] = true;
	return 1;
}

static int __init exhaust_init(void)
{
	unsigned int blocks = 0, inside = 0;
	struct block *list = NULL, *block;

	while ((block = kmalloc(BLOCK, GFP_KERNEL))) {
		block->next = list;
		list = block;
		blocks++;
		inside += mark((unsigned long)block);
	}
	printk(KERN_INFO "exhaust: %u blocks, %u pages inside\n", blocks, inside);
	while (list) {
		block = list;
		list = block->next;
		kfree(block);
	}
	return 0;
}

static void __exit exhaust_exit(void)
{
}

module_init(exhaust_init);
module_exit(exhaust_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Takes all memory and gives it back");
