/* SPDX-License-Identifier: MIT */
/* frames.h: what the other files of this folder may know of frames.c. */
#ifndef KOAN_MM_FRAMES_H
#define KOAN_MM_FRAMES_H

#include "mm/mm.h"

/* Bytes that frames_init() needs for @frames frames. */
size_t frames_table_size(u64 frames);
/*
 * Takes over physical memory: @table (frames_table_size() bytes, zeroed) describes frames 0 to
 * @frames - 1; those in @free are handed out from now on. The table is kept.
 */
void frames_init(void *table, u64 frames, const struct boot_range *free, unsigned int count);
/* Gives memory that was the kernel's own ([start, end), page-aligned) to the allocator. */
void frames_donate(phys_addr_t start, phys_addr_t end);

u64 frames_free_count(void);
u64 frames_total_count(void);

/* How many entries a page table in frame @p has. Does nothing before frames_init(). */
void frame_entries_add(phys_addr_t p, int delta);
unsigned int frame_entries(phys_addr_t p);

#endif
