/* SPDX-License-Identifier: MIT */
/*
 * frames.c: physical pages, by the buddy system (Knuth, The Art of Computer Programming, vol. 1,
 * 2.5): blocks of 2^order frames, aligned to their size. A block is split in two halves, which are
 * each other's buddies, until it is small enough; when both are free they become one again.
 *
 * A free block's links lie in the block itself, so the table needs only 4 bytes a frame.
 */
#include "mm/frames.h"

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/list.h>

enum frame_state {
	FRAME_NOT_OURS, /* no memory, or never handed to the allocator */
	FRAME_FREE,	/* the first of a free block */
	FRAME_USED,	/* the first of a block handed out */
	FRAME_INSIDE,	/* inside a block */
};

struct frame {
	u8 state;
	u8 order;    /* of the block that begins here */
	u16 entries; /* of the page table in it */
};

_Static_assert(sizeof(struct frame) == 4, "4 bytes a frame is what frames_table_size() says");

static struct frame *table;
static u64 table_frames;
static u64 total, available;
static struct list_head free_blocks[FRAME_ORDER_MAX + 1];

static struct list_head *links(u64 frame)
{
	return phys_to_virt(frame << PAGE_SHIFT);
}

static u64 frame_of(const struct list_head *block)
{
	return virt_to_phys(block) >> PAGE_SHIFT;
}

static void block_put(u64 frame, unsigned int order)
{
	table[frame] = (struct frame){.state = FRAME_FREE, .order = order};
	list_add(links(frame), &free_blocks[order]);
}

static void block_take(u64 frame, enum frame_state state)
{
	list_del(links(frame));
	table[frame].state = state;
}

size_t frames_table_size(u64 frames)
{
	return frames * sizeof(struct frame);
}

int frames_alloc(unsigned int order, phys_addr_t *out)
{
	unsigned int have = order;
	u64 frame;

	while (have <= FRAME_ORDER_MAX && list_empty(&free_blocks[have]))
		have++;
	if (have > FRAME_ORDER_MAX)
		return -ENOMEM;
	frame = frame_of(free_blocks[have].next);
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
	for (unsigned int order = 0; order <= FRAME_ORDER_MAX; order++)
		INIT_LIST_HEAD(&free_blocks[order]);
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
