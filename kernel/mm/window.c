/* SPDX-License-Identifier: MIT */
/*
 * window.c: address ranges made of single frames: modules get theirs from the module window, big
 * heap objects, and the memory of devices, from the big-object window.
 *
 * An area is its pages and one unmapped page behind them, so that running off its end faults.
 * Areas of a window are kept in address order; the module window always takes the lowest gap that
 * fits (a module loaded again gets its old addresses), the big one goes on from its last area.
 *
 * Interrupt handlers take memory too. So the lists and each single page change with interrupts off,
 * and on again from page to page: a large area must not stop the clock.
 */
#include "mm/window.h"
#include "mm/frames.h"
#include "cpu/cpu.h"

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/string.h>

struct area {
	struct list_head list;	/* of its window, by address */
	struct list_head chain; /* of its hash bucket */
	struct window *window;
	unsigned long start;
	size_t pages; /* mapped; the guard is one more */
	bool device;  /* at @phys, and not frames of ours */
	phys_addr_t phys;
};

struct window {
	unsigned long start, end;
	struct list_head areas;
	struct area *last; /* where a `goes_on` window looks first; NULL: at the start */
	bool goes_on;
	u64 pages; /* mapped in all areas */
};

static struct window modules = {
	.start = MODULES_BASE,
	.end = MODULES_END,
	.areas = LIST_HEAD_INIT(modules.areas),
};

static struct window big = {
	.start = BIG_WINDOW,
	.end = BIG_WINDOW_END,
	.areas = LIST_HEAD_INIT(big.areas),
	.goes_on = true,
};

/* From an area's first address to the area, so that freeing does not walk the list. */
#define BUCKETS 1024
static struct list_head buckets[BUCKETS];

static struct list_head *bucket(unsigned long start)
{
	struct list_head *head = &buckets[(start >> PAGE_SHIFT) % BUCKETS];

	if (!head->next)
		INIT_LIST_HEAD(head);
	return head;
}

static struct area *area_find(const void *p)
{
	unsigned long flags = irq_save();
	struct area *area, *found = NULL;

	list_for_each_entry (area, bucket((unsigned long)p), chain)
		if (area->start == (unsigned long)p)
			found = area;
	irq_restore(flags);
	return found;
}

static unsigned long area_end(const struct area *area)
{
	return area->start + (area->pages + 1) * PAGE_SIZE;
}

/*
 * Finds the first gap of @bytes behind @from (or at the window's start when that is NULL). Returns
 * the place in the list to insert behind, and the address.
 */
static struct list_head *gap_find(struct window *window, struct area *from, size_t bytes,
				  unsigned long *start)
{
	struct list_head *at = from ? &from->list : &window->areas;

	*start = from ? area_end(from) : window->start;
	for (; at->next != &window->areas; at = at->next) {
		struct area *next = list_entry(at->next, struct area, list);

		if (next->start - *start >= bytes)
			return at;
		*start = area_end(next);
	}
	return window->end - *start >= bytes ? at : NULL;
}

static struct list_head *gap_find_anywhere(struct window *window, size_t bytes,
					   unsigned long *start)
{
	struct list_head *at = NULL;

	if (window->goes_on && window->last)
		at = gap_find(window, window->last, bytes, start);
	return at ? at : gap_find(window, NULL, bytes, start);
}

static void pages_unmap(struct area *area, size_t count)
{
	while (count-- > 0) {
		unsigned long flags = irq_save();
		phys_addr_t frame = page_unmap(area->start + count * PAGE_SIZE);

		if (!area->device)
			frames_free(frame, 0);
		irq_restore(flags);
	}
}

static int page_add(const struct area *area, size_t i)
{
	unsigned long virt = area->start + i * PAGE_SIZE;
	phys_addr_t frame;
	int err;

	if (area->device)
		return page_map(virt, area->phys + i * PAGE_SIZE, PROT_DEVICE);
	err = frames_alloc(0, &frame);
	if (err)
		return err;
	memset(phys_to_virt(frame), 0, PAGE_SIZE);
	err = page_map(virt, frame, PROT_RW);
	if (err)
		frames_free(frame, 0);
	return err;
}

static int pages_map(struct area *area)
{
	for (size_t i = 0; i < area->pages; i++) {
		unsigned long flags = irq_save();
		int err = page_add(area, i);

		irq_restore(flags);
		if (err) {
			pages_unmap(area, i);
			return err;
		}
	}
	return 0;
}

static struct area *area_before(struct area *area)
{
	if (area->list.prev == &area->window->areas)
		return NULL;
	return list_entry(area->list.prev, struct area, list);
}

/* Puts @area into the first gap; false when there is none. */
static bool area_link(struct window *window, struct area *area)
{
	size_t bytes = (area->pages + 1) * PAGE_SIZE;
	unsigned long flags = irq_save();
	struct list_head *behind = gap_find_anywhere(window, bytes, &area->start);

	if (behind) {
		area->window = window;
		list_add(&area->list, behind);
		list_add(&area->chain, bucket(area->start));
		window->last = area;
		window->pages += area->pages;
	}
	irq_restore(flags);
	return behind;
}

static void area_unlink(struct area *area)
{
	unsigned long flags = irq_save();

	if (area->window->last == area)
		area->window->last = area_before(area);
	area->window->pages -= area->pages;
	list_del(&area->list);
	list_del(&area->chain);
	irq_restore(flags);
}

static int area_place(struct window *window, struct area *area)
{
	int err;

	if (!area_link(window, area))
		return -ENOMEM;
	err = pages_map(area);
	if (err)
		area_unlink(area);
	return err;
}

/* Does the window have so many pages at all? */
static bool is_too_large(const struct window *window, size_t size)
{
	return !size || size >= window->end - window->start;
}

/* @like says what the area shall be made of. */
static void *area_add(struct window *window, size_t size, const struct area *like)
{
	struct area *area;

	if (is_too_large(window, size))
		return NULL;
	area = kmalloc(sizeof(*area), GFP_KERNEL);
	if (!area)
		return NULL;
	*area = *like;
	area->pages = PAGE_ALIGN(size) / PAGE_SIZE;
	if (area_place(window, area)) {
		kfree(area);
		return NULL;
	}
	return (void *)area->start;
}

static void *window_alloc(struct window *window, size_t size)
{
	/* Saves mapping most of a huge request, and undoing it. */
	if (size / PAGE_SIZE > frames_free_count())
		return NULL;
	return area_add(window, size, &(struct area){.device = false});
}

void *window_map(phys_addr_t phys, size_t size)
{
	return area_add(&big, size, &(struct area){.device = true, .phys = phys});
}

void *module_alloc(size_t size)
{
	return window_alloc(&modules, size);
}

void *big_alloc(size_t size)
{
	return window_alloc(&big, size);
}

void window_free(void *p)
{
	struct area *area;

	if (!p)
		return;
	area = area_find(p);
	BUG_ON(!area);
	pages_unmap(area, area->pages);
	area_unlink(area);
	kfree(area);
}

size_t window_size(const void *p)
{
	struct area *area = area_find(p);

	return area ? area->pages * PAGE_SIZE : 0;
}

void window_protect(void *p, size_t size, enum page_prot prot)
{
	page_protect((unsigned long)p, size, prot);
}

u64 window_module_pages(void)
{
	return modules.pages;
}

u64 window_big_pages(void)
{
	return big.pages;
}
