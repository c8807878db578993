/* SPDX-License-Identifier: MIT */
/* paging.h: what paging.c and kernel_map.c share. */
#ifndef KOAN_MM_PAGING_H
#define KOAN_MM_PAGING_H

#include "mm/mm.h"

/* Bits of a page-table entry: SDM 3A, 4.5. */
#define PTE_PRESENT   (1UL << 0)
#define PTE_WRITE     (1UL << 1)
#define PTE_PWT	      (1UL << 3) /* with PTE_PCD: not cached (SDM 3A, table 11-7) */
#define PTE_PCD	      (1UL << 4)
#define PTE_LARGE     (1UL << 7) /* in a page directory: a 2 MiB page */
#define PTE_NX	      (1UL << 63)
#define PTE_ADDRESS   0x000ffffffffff000UL

#define TABLE_ENTRIES 512
#define LEVELS	      4 /* PML4 4, page-directory pointers 3, page directory 2, page table 1 */
#define LARGE_PAGE    (1UL << 21)

/* Index of @virt in a table of @level. */
static inline unsigned int table_index(unsigned long virt, unsigned int level)
{
	return (virt >> (PAGE_SHIFT + 9 * (level - 1))) & (TABLE_ENTRIES - 1);
}

/*
 * Where page tables come from: frames_alloc() normally, the early allocator while there are no
 * frames yet.
 */
typedef int (*table_alloc_fn)(phys_addr_t *out);

/*
 * The entry for @virt in a table of @level (LEVELS down to 1) of the tree at @pml4; missing tables
 * are made with @alloc. NULL when that failed, when a large page is in the way, or, without @alloc,
 * when there is no such table.
 */
u64 *paging_entry(u64 *pml4, unsigned long virt, unsigned int level, table_alloc_fn alloc);
/* The entry of a page at @phys, which is a multiple of PAGE_SIZE. */
u64 pte_make(phys_addr_t phys, enum page_prot prot);
/* What pte_make() was asked for. */
enum page_prot paging_prot(u64 entry);
/* The table of the next level that @entry leads to, where the kernel can read it. */
u64 *paging_table(u64 entry);

/* The tree in use. */
extern u64 *paging_pml4;

/* Counts one entry more in each table of the top level, which is why these are never freed. */
void paging_pin(void);

/* Builds the final tree with tables from @alloc and switches to it; returns 0 or -ENOMEM. */
__must_check int kernel_map_switch(table_alloc_fn alloc);

#endif
