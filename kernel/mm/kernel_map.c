/* SPDX-License-Identifier: MIT */
/*
 * kernel_map.c: the page tables that replace those of boot/long_mode.asm: the kernel's image at
 * its addresses, and all memory in order.
 *
 * Decides each page's permissions from the image's own boundaries (linker.ld). Memory that must not
 * change through the back door, the image and the initrd, is read only in the map of all memory.
 */
#include "mm/paging.h"
#include "cpu/cpu.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>

extern char __boot_phys[], __text_start[], __text_end[], __rodata_end[], __kernel_end[];
extern char boot_stack_guard[], fault_stack_guard[], nmi_stack_guard[];

/* Pages below stacks stay unmapped: a stack that overflows faults instead of writing elsewhere. */
static bool is_guard(unsigned long virt)
{
	return virt == (unsigned long)boot_stack_guard ||
	       virt == (unsigned long)fault_stack_guard || virt == (unsigned long)nmi_stack_guard;
}

static enum page_prot image_prot(unsigned long virt)
{
	/* The order of linker.ld: code, constants, then what is written. */
	if (virt < (unsigned long)__text_end)
		return PROT_RX;
	return virt < (unsigned long)__rodata_end ? PROT_RO : PROT_RW;
}

static int map_image(u64 *pml4, table_alloc_fn alloc)
{
	unsigned long virt = (unsigned long)__text_start;

	for (; virt < (unsigned long)__kernel_end; virt += PAGE_SIZE) {
		u64 *entry = paging_entry(pml4, virt, 1, alloc);

		if (!entry)
			return -ENOMEM;
		if (!is_guard(virt))
			*entry = pte_make(virt - KERNEL_BASE, image_prot(virt));
	}
	return 0;
}

static bool overlaps(struct boot_range range, phys_addr_t start, phys_addr_t end)
{
	return range.start < end && range.end > start;
}

/* Does [start, end) touch the image or the initrd? */
static bool is_precious(phys_addr_t start, phys_addr_t end)
{
	struct boot_range image = {(unsigned long)__boot_phys,
				   (unsigned long)__kernel_end - KERNEL_BASE};

	if (overlaps(image, start, end))
		return true;
	for (unsigned int i = 0; i < boot_info.initrd_count; i++)
		if (overlaps(boot_info.initrd[i], start, end))
			return true;
	return false;
}

/* Maps one page at @phys: a large one where a whole large one is alike. Returns its size, or 0. */
static size_t map_direct_page(u64 *pml4, phys_addr_t phys, phys_addr_t end, table_alloc_fn alloc)
{
	unsigned long virt = DIRECT_MAP + phys;
	bool large = IS_ALIGNED(phys, LARGE_PAGE) && end - phys >= LARGE_PAGE &&
		     !is_precious(phys, phys + LARGE_PAGE);
	u64 *entry = paging_entry(pml4, virt, large ? 2 : 1, alloc);

	if (!entry)
		return 0;
	if (large) {
		*entry = pte_make(phys, PROT_RW) | PTE_LARGE;
		return LARGE_PAGE;
	}
	*entry = pte_make(phys, is_precious(phys, phys + PAGE_SIZE) ? PROT_RO : PROT_RW);
	return PAGE_SIZE;
}

static int map_direct(u64 *pml4, struct boot_range range, table_alloc_fn alloc)
{
	phys_addr_t phys = range.start;

	while (phys < range.end) {
		size_t size = map_direct_page(pml4, phys, range.end, alloc);

		if (!size)
			return -ENOMEM;
		phys += size;
	}
	return 0;
}

int kernel_map_switch(table_alloc_fn alloc)
{
	phys_addr_t top;
	u64 *pml4;
	int err;

	if (alloc(&top))
		return -ENOMEM;
	pml4 = phys_to_virt(top);
	memset(pml4, 0, PAGE_SIZE);
	err = map_image(pml4, alloc);
	for (unsigned int i = 0; !err && i < boot_info.usable_count; i++)
		err = map_direct(pml4, boot_info.usable[i], alloc);
	if (err)
		return err;
	/* Both trees map this code and this stack at the same addresses: the next instruction is there. */
	paging_pml4 = pml4;
	write_cr3(top);
	return 0;
}
