/* SPDX-License-Identifier: MIT */
/*
 * mm.c: brings memory up, in the only order that works, and counts it.
 *
 * Until the frame allocator runs, page tables and the frame table itself come from the early
 * allocator here: the front of the largest free range, never given back.
 */
#include "mm/frames.h"
#include "mm/heap.h"
#include "mm/paging.h"
#include "mm/ranges.h"
#include "mm/window.h"
#include "dev/dev.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>

extern char __boot_phys[], __boot_end_phys[], __kernel_end[];
extern char __init_text_start[], __init_text_end[], __init_data_start[], __init_data_end[];

/* Memory that is nobody's yet, in address order. */
static struct boot_range free_ranges[BOOT_RANGES_MAX * 2];
static unsigned int free_count;

/* What boot/long_mode.asm's map of all memory covers. */
#define BOOT_DIRECT_END (4ULL << 30)

static struct boot_range early;

/* Too little memory is the user's business, not a bug: one sentence, then the end. */
static void check_enough(void)
{
	u64 mib = ranges_total(boot_info.usable, boot_info.usable_count) >> 20;

	if (mib >= MM_MINIMUM_MB)
		return;
	pr_emerg("koan: %llu MB of memory found, at least %u MB needed (QEMU: -m 32M)\n", mib,
		 MM_MINIMUM_MB);
	machine_poweroff(POWEROFF_STATUS_PANIC);
}

/* Outwards to whole pages: half a page that is somebody's is no page to give away. */
static void cut(phys_addr_t start, phys_addr_t end)
{
	struct boot_range range = {start & PAGE_MASK, PAGE_ALIGN(end)};

	if (ranges_cut(free_ranges, &free_count, ARRAY_SIZE(free_ranges), range))
		panic("mm: more than %zu ranges of memory", ARRAY_SIZE(free_ranges));
}

/* All usable memory less the image and the initrd. */
static void find_free(void)
{
	memcpy(free_ranges, boot_info.usable, sizeof(boot_info.usable));
	free_count = boot_info.usable_count;
	cut((unsigned long)__boot_phys, (unsigned long)__kernel_end - KERNEL_BASE);
	for (unsigned int i = 0; i < boot_info.initrd_count; i++)
		cut(boot_info.initrd[i].start, boot_info.initrd[i].end);
}

/* The tables of the boot are in force still: what they do not map cannot be written to. */
static void early_init(void)
{
	for (unsigned int i = 0; i < free_count; i++) {
		struct boot_range range = free_ranges[i];

		range.end = min_t(u64, range.end, BOOT_DIRECT_END);
		if (range.end > range.start && range.end - range.start > early.end - early.start)
			early = range;
	}
}

static int early_alloc(size_t bytes, phys_addr_t *out)
{
	if (early.end - early.start < PAGE_ALIGN(bytes))
		return -ENOMEM;
	*out = early.start;
	early.start += PAGE_ALIGN(bytes);
	memset(phys_to_virt(*out), 0, PAGE_ALIGN(bytes));
	return 0;
}

/* A table_alloc_fn. */
static int early_table(phys_addr_t *out)
{
	return early_alloc(PAGE_SIZE, out);
}

static void frames_start(void)
{
	u64 frames = boot_info.usable[boot_info.usable_count - 1].end >> PAGE_SHIFT;
	phys_addr_t early_start = early.start, table;

	if (kernel_map_switch(early_table) || early_alloc(frames_table_size(frames), &table))
		panic("mm: no memory for the page tables");
	/* What the early allocator gave away until here is taken; the rest of its range is free again. */
	cut(early_start, early.start);
	frames_init(phys_to_virt(table), frames, free_ranges, free_count);
	paging_pin();
}

void mm_init(void)
{
	check_enough();
	find_free();
	early_init();
	frames_start();
	heap_init();
}

/* Takes [start, end) out of the kernel's addresses and gives its memory away. */
static void donate_image(const char *start, const char *end)
{
	phys_addr_t phys = (unsigned long)start - KERNEL_BASE;
	size_t bytes = end - start;

	if (!bytes)
		return;
	for (unsigned long at = (unsigned long)start; at < (unsigned long)end; at += PAGE_SIZE)
		page_unmap(at);
	page_protect(DIRECT_MAP + phys, bytes, PROT_RW);
	frames_donate(phys, phys + bytes);
}

void mm_free_init(void)
{
	unsigned long boot = (unsigned long)__boot_phys, boot_end = (unsigned long)__boot_end_phys;

	donate_image(__init_text_start, __init_text_end);
	donate_image(__init_data_start, __init_data_end);
	page_protect(DIRECT_MAP + boot, boot_end - boot, PROT_RW);
	frames_donate(boot, boot_end);
}

void mm_count(struct mm_counts *counts)
{
	counts->total_frames = frames_total_count();
	counts->free_frames = frames_free_count();
	counts->big_pages = window_big_pages();
	counts->module_pages = window_module_pages();
	heap_count(&counts->heap_bytes, &counts->heap_objects);
}
