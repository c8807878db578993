/* SPDX-License-Identifier: MIT */
/*
 * paging.c: four-level page tables (SDM 3A, 4.5): map, unmap, protect, look up single pages.
 *
 * There is no way to ask for a page that is both writable and executable. A table that page_map()
 * made goes back when its last entry does, so that mapping and unmapping leaves no trace; for that
 * each table's frame counts its entries (frame_entries()). Tables of the boot are never freed.
 */
#include "mm/paging.h"
#include "mm/frames.h"
#include "cpu/cpu.h"

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/string.h>

u64 *paging_pml4;

/* What runs must ask for it: everything else has NX. Devices are not cached. */
u64 pte_make(phys_addr_t phys, enum page_prot prot)
{
	u64 pte = phys | PTE_PRESENT;

	if (prot == PROT_RW || prot == PROT_RWX || prot == PROT_DEVICE)
		pte |= PTE_WRITE;
	if (prot == PROT_DEVICE)
		pte |= PTE_PCD | PTE_PWT;
	if (prot != PROT_RX && prot != PROT_RWX)
		pte |= PTE_NX;
	return pte;
}

u64 *paging_table(u64 entry)
{
	return phys_to_virt(entry & PTE_ADDRESS);
}

/* Gives the empty entry @slot of @parent a table of its own. */
static int table_add(u64 *parent, u64 *slot, table_alloc_fn alloc)
{
	phys_addr_t table;

	if (!alloc || alloc(&table))
		return -ENOMEM;
	memset(phys_to_virt(table), 0, PAGE_SIZE);
	/* Permissions are the leaf's alone: a table lets everything through. */
	*slot = table | PTE_PRESENT | PTE_WRITE;
	frame_entries_add(virt_to_phys(parent), 1);
	return 0;
}

u64 *paging_entry(u64 *pml4, unsigned long virt, unsigned int level, table_alloc_fn alloc)
{
	u64 *table = pml4;

	for (unsigned int at = LEVELS; at > level; at--) {
		u64 *slot = &table[table_index(virt, at)];

		if (!(*slot & PTE_PRESENT) && table_add(table, slot, alloc))
			return NULL;
		if (*slot & PTE_LARGE)
			return NULL;
		table = paging_table(*slot);
	}
	return &table[table_index(virt, level)];
}

/* A table is one frame: order 0. */
static int table_alloc(phys_addr_t *out)
{
	return frames_alloc(0, out);
}

void paging_pin(void)
{
	for (unsigned int i = 0; i < TABLE_ENTRIES; i++)
		if (paging_pml4[i] & PTE_PRESENT)
			frame_entries_add(paging_pml4[i] & PTE_ADDRESS, 1);
}

/* The frame of the table that @entry is in: tables are a page each, and begin at one. */
static phys_addr_t table_frame(const u64 *entry)
{
	return virt_to_phys((void *)((unsigned long)entry & PAGE_MASK));
}

/* Frees the tables of @virt that have no entry left, from the lowest up. */
static void tables_prune(unsigned long virt)
{
	for (unsigned int level = 1; level < LEVELS; level++) {
		u64 *slot = paging_entry(paging_pml4, virt, level + 1, NULL);
		phys_addr_t table;

		if (!slot || !(*slot & PTE_PRESENT))
			continue;
		table = *slot & PTE_ADDRESS;
		if (frame_entries(table) > 0)
			return;
		*slot = 0;
		/* Forgets the upper tables' entries, too, before the frame is another's (SDM 3A, 4.10.4.1). */
		invlpg(virt);
		frame_entries_add(table_frame(slot), -1);
		frames_free(table, 0);
	}
}

int page_map(unsigned long virt, phys_addr_t phys, enum page_prot prot)
{
	u64 *entry = paging_entry(paging_pml4, virt, 1, table_alloc);

	if (!entry) {
		/* Upper tables may have been made before memory ran out. */
		tables_prune(virt);
		return -ENOMEM;
	}
	BUG_ON(*entry & PTE_PRESENT);
	/* No invlpg(): the processor does not keep entries that are not present (SDM 3A, 4.10.2.3). */
	*entry = pte_make(phys, prot);
	frame_entries_add(table_frame(entry), 1);
	return 0;
}

phys_addr_t page_unmap(unsigned long virt)
{
	u64 *entry = paging_entry(paging_pml4, virt, 1, NULL);
	phys_addr_t phys;

	BUG_ON(!entry || !(*entry & PTE_PRESENT));
	phys = *entry & PTE_ADDRESS;
	*entry = 0;
	invlpg(virt);
	frame_entries_add(table_frame(entry), -1);
	tables_prune(virt);
	return phys;
}

void page_protect(unsigned long virt, size_t bytes, enum page_prot prot)
{
	for (unsigned long at = virt; at < virt + bytes; at += PAGE_SIZE) {
		u64 *entry = paging_entry(paging_pml4, at, 1, NULL);

		BUG_ON(!entry || !(*entry & PTE_PRESENT));
		*entry = pte_make(*entry & PTE_ADDRESS, prot);
		invlpg(at);
	}
}

/* Of a leaf. PTE_PCD alone tells a device: no other page of ours is left uncached. */
enum page_prot paging_prot(u64 entry)
{
	if ((entry & PTE_WRITE) && !(entry & PTE_NX))
		return PROT_RWX;
	if (entry & PTE_WRITE)
		return entry & PTE_PCD ? PROT_DEVICE : PROT_RW;
	return entry & PTE_NX ? PROT_RO : PROT_RX;
}

int page_lookup(unsigned long virt, phys_addr_t *phys, enum page_prot *prot)
{
	u64 *entry = paging_entry(paging_pml4, virt, 2, NULL);

	if (!entry || !(*entry & PTE_PRESENT))
		return -ENOENT;
	if (*entry & PTE_LARGE) {
		*phys = (*entry & PTE_ADDRESS) + (virt & (LARGE_PAGE - 1) & PAGE_MASK);
		*prot = paging_prot(*entry);
		return 0;
	}
	entry = paging_entry(paging_pml4, virt, 1, NULL);
	if (!entry || !(*entry & PTE_PRESENT))
		return -ENOENT;
	*phys = *entry & PTE_ADDRESS;
	*prot = paging_prot(*entry);
	return 0;
}
