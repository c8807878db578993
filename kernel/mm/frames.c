/* SPDX-License-Identifier: MIT */
/*
 * frames.c: physical pages, by the buddy system (Knuth, The Art of Computer Programming, vol. 1,
 * 2.5): blocks of 2^order frames, aligned to their size. A block is split in two halves, which are
 * each other's buddies, until it is small enough; when both are free they become one again.
 *
 * The links of free blocks lie in the table, not in the blocks: memory that nobody uses is never
 * touched, which under an emulator is a tenth of a second of the boot.
 */
#include "mm/frames.h"

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>

enum frame_state {
	FRAME_NOT_OURS, /* no memory, or never handed to the allocator */
	FRAME_FREE,	/* the first of a free block */
	FRAME_USED,	/* the first of a block handed out */
	FRAME_INSIDE,	/* inside a block */
};

struct frame {
	u32 next, prev; /* of a free block: frame numbers, 0 for none (frame 0 is never ours) */
	u16 entries;	/* of the page table in it */
	u8 state;
	u8 order; /* of the block that begins here */
};

_Static_assert(sizeof(struct frame) == 12, "12 bytes a frame: 0.3 % of memory");

static struct frame *table;
static u64 table_frames;
static u64 total, available;
static u32 free_blocks[FRAME_ORDER_MAX + 1]; /* the first free block of each order, or 0 */

static void block_put(u64 frame, unsigned int order)
{
	u32 next = free_blocks[order];

	table[frame] = (struct frame){.state = FRAME_FREE, .order = order, .next = next};
	if (next)
		table[next].prev = frame;
	free_blocks[order] = frame;
}

static void block_take(u64 frame, enum frame_state state)
{
	struct frame *block = &table[frame];

	if (block->next)
		table[block->next].prev = block->prev;
	if (block->prev)
		table[block->prev].next = block->next;
	else
		free_blocks[block->order] = block->next;
	block->state = state;
}

size_t frames_table_size(u64 frames)
{
	return frames * sizeof(struct frame);
}

int frames_alloc(unsigned int order, phys_addr_t *out)
{
	unsigned int have = order;
	u64 frame;

	while (have <= FRAME_ORDER_MAX && !free_blocks[have])
		have++;
	if (have > FRAME_ORDER_MAX)
		return -ENOMEM;
	frame = free_blocks[have];
	block_take(frame, FRAME_USED);
	while (have > order) {
		have--;
		block_put(frame + (1UL << have), have);
	}
	table[frame].order = order;
	table[frame].entries = 0;
	available -= 1UL << order;
	*out = frame << PAGE_SHIFT;
	return 0;
}

static bool buddy_is_free(u64 buddy, unsigned int order)
{
	return buddy < table_frames && table[buddy].state == FRAME_FREE &&
	       table[buddy].order == order;
}

/* Joins the block with its buddy as long as that is free and whole, then puts it away. */
static void block_merge(u64 frame, unsigned int order)
{
	for (; order < FRAME_ORDER_MAX; order++) {
		u64 buddy = frame ^ (1UL << order);

		if (!buddy_is_free(buddy, order))
			break;
		block_take(buddy, FRAME_INSIDE);
		table[frame].state = FRAME_INSIDE;
		frame &= ~(1UL << order);
	}
	block_put(frame, order);
}

void frames_free(phys_addr_t p, unsigned int order)
{
	u64 frame = p >> PAGE_SHIFT;

	BUG_ON(frame >= table_frames || table[frame].state != FRAME_USED ||
	       table[frame].order != order);
	available += 1UL << order;
	block_merge(frame, order);
}

/* The largest block that may begin at @frame and end by @end. */
static unsigned int largest_order(u64 frame, u64 end)
{
	unsigned int order = 0;

	while (order < FRAME_ORDER_MAX && IS_ALIGNED(frame, 2UL << order) &&
	       frame + (2UL << order) <= end)
		order++;
	return order;
}

void frames_donate(phys_addr_t start, phys_addr_t end)
{
	u64 frame = start >> PAGE_SHIFT, last = end >> PAGE_SHIFT;

	while (frame < last) {
		unsigned int order = largest_order(frame, last);

		BUG_ON(last > table_frames || table[frame].state != FRAME_NOT_OURS);
		total += 1UL << order;
		available += 1UL << order;
		block_merge(frame, order);
		frame += 1UL << order;
	}
}

void frames_init(void *memory, u64 frames, const struct boot_range *free, unsigned int count)
{
	table = memory;
	table_frames = frames;
	total = available = 0;
	memset(free_blocks, 0, sizeof(free_blocks));
	for (unsigned int i = 0; i < count; i++)
		frames_donate(free[i].start, free[i].end);
}

u64 frames_free_count(void)
{
	return available;
}

u64 frames_total_count(void)
{
	return total;
}

void frame_entries_add(phys_addr_t p, int delta)
{
	if (table)
		table[p >> PAGE_SHIFT].entries += delta;
}

unsigned int frame_entries(phys_addr_t p)
{
	return table[p >> PAGE_SHIFT].entries;
}
