/* SPDX-License-Identifier: MIT */
/*
 * ioremap.c: the memory of devices, in the big-object window; and what is memory and what is not,
 * for /proc/iomem.
 */
#include "mm/window.h"

#include <linux/overflow.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/kernel.h>

static bool touches_ram(phys_addr_t start, phys_addr_t end)
{
	for (unsigned int i = 0; i < boot_info.usable_count; i++)
		if (boot_info.usable[i].start < end && boot_info.usable[i].end > start)
			return true;
	return false;
}

void __iomem *ioremap(phys_addr_t phys, size_t size)
{
	phys_addr_t end, first = phys & PAGE_MASK;
	char *p;

	if (!size || check_add_overflow(phys, size, &end) || end - 1 > iomem_resource.end)
		return NULL;
	if (touches_ram(phys, end)) {
		pr_warn("ioremap on RAM at 0x%016llx - 0x%016llx\n", phys, end - 1);
		dump_stack();
		return NULL;
	}
	p = window_map(first, PAGE_ALIGN(end) - first);
	return p ? p + (phys - first) : NULL;
}
EXPORT_SYMBOL(ioremap);

void iounmap(volatile void __iomem *p)
{
	window_free((void *)((unsigned long)p & PAGE_MASK));
}
EXPORT_SYMBOL(iounmap);

static int __init ioremap_init(void)
{
	for (unsigned int i = 0; i < boot_info.usable_count; i++) {
		struct boot_range *range = &boot_info.usable[i];

		if (!request_mem_region(range->start, range->end - range->start, "System RAM"))
			return -ENOMEM;
	}
	return 0;
}
core_initcall(ioremap_init);
