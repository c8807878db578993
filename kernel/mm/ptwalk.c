/* SPDX-License-Identifier: MIT */
/*
 * ptwalk.c: the page tables as a list of ranges.
 *
 * Goes through the whole address space, from the null page to the last one, in steps as large as
 * what was met: a page that is mapped, or all that an entry without a table below it stands for.
 * So an empty half of the address space is 256 steps, and not 2^35.
 *
 * Interrupt handlers take memory, and with it page tables, and give both back. So each step starts
 * again at the top, with interrupts off, and nothing of the tables is kept from step to step. A
 * range may change while it is being told; none is told that never was.
 */
#include "mm/paging.h"
#include "cpu/cpu.h"

/* What one look at the tables found at an address. */
struct look {
	size_t bytes; /* how much is like it: the size of the page, or of what is missing */
	u64 entry;    /* the page's, with the permissions that all levels leave it; 0: no page */
};

/* A bit that any level may take away: SDM 3A, 4.6.1. */
static u64 combine(u64 entry, u64 above)
{
	return (entry & ~(PTE_WRITE & ~above)) | (above & PTE_NX);
}

static struct look look_at(unsigned long virt)
{
	unsigned long flags = irq_save();
	const u64 *table = paging_pml4;
	struct look look = {.entry = 0};
	u64 above = PTE_WRITE;

	for (unsigned int level = LEVELS; level > 0; level--) {
		u64 entry = table[table_index(virt, level)];

		look.bytes = 1UL << (PAGE_SHIFT + 9 * (level - 1));
		if (!(entry & PTE_PRESENT))
			break;
		above = combine(entry, above);
		if (level == 1 ||
		    entry & PTE_LARGE) { /* in a page table that bit means something else */
			look.entry = above;
			break;
		}
		table = paging_table(entry);
	}
	irq_restore(flags);
	return look;
}

/* Where a step that ends at @virt goes on: bits 63 to 47 of an address are alike (SDM 1, 3.3.7.1). */
static unsigned long skip_hole(unsigned long virt)
{
	const unsigned long hole = 1UL << 47;

	return virt == hole ? -hole : virt;
}

/* Longer by what was just found, when that is more of the same and follows it. */
static bool extend(struct mapped_range *range, unsigned long virt, const struct look *look)
{
	if (range->end != virt || range->start == range->end || !(look->entry & PTE_PRESENT) ||
	    range->prot != paging_prot(look->entry))
		return false;
	range->end += look->bytes;
	return true;
}

static int tell(const struct mapped_range *range,
		int (*fn)(const struct mapped_range *range, void *data), void *data)
{
	return range->start == range->end ? 0 : fn(range, data);
}

int ptwalk(int (*fn)(const struct mapped_range *range, void *data), void *data)
{
	struct mapped_range range = {0};
	unsigned long virt = 0;
	int ret = 0;

	do {
		struct look look = look_at(virt);

		if (!extend(&range, virt, &look)) {
			ret = tell(&range, fn, data);
			range.start = virt;
			range.end = look.entry & PTE_PRESENT ? virt + look.bytes : virt;
			range.prot = paging_prot(look.entry);
		}
		virt = skip_hole(virt + look.bytes);
	} while (virt && !ret);
	return ret ?: tell(&range, fn, data);
}
