/* SPDX-License-Identifier: MIT */
/*
 * heap.c: kmalloc() and friends, by slabs (Bonwick, The Slab Allocator, USENIX 1994, much reduced).
 *
 * A slab is one page: a header, then objects of one size; its free objects form a list. A slab
 * without objects in use goes back at once, so that the count of free frames tells the truth about
 * leaks. Sizes above the largest class come from the big-object window. Which of the two a pointer
 * belongs to shows in its address.
 *
 * Interrupt handlers allocate too, so whatever all share changes with interrupts off.
 *
 * A pointer that was never handed out, or was freed before, is a mistake of the caller's that
 * would do damage much later: it panics here, with the caller in the backtrace.
 */
#include "mm/heap.h"
#include "mm/mm.h"
#include "cpu/cpu.h"

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/string.h>

#define SLAB_MAGIC 0x51ab51ab

struct free_object;

struct slab {
	struct list_head list; /* in its class: those with room */
	u32 magic;
	u16 class;
	u16 used;
	struct free_object *free; /* the first free object */
} __aligned(64);

_Static_assert(sizeof(struct slab) == 64, "objects of a slab start at byte 64, 16-aligned");

/* Chosen so that a page less its header divides with little left over; all multiples of 16. */
static const u16 class_size[] = {16,  32,  64,	96,  128,  192,	 256,
				 336, 448, 576, 800, 1008, 1344, 2016};
#define CLASSES ARRAY_SIZE(class_size)
#define LARGEST 2016

static struct list_head partial[CLASSES];
static u64 heap_bytes, heap_objects;

static void *const zero_size_object = (void *)16; /* in the unmapped null page: using it faults */

void heap_init(void)
{
	for (unsigned int i = 0; i < CLASSES; i++)
		INIT_LIST_HEAD(&partial[i]);
}

static unsigned int class_for(size_t size)
{
	unsigned int class = 0;

	while (class_size[class] < size)
		class ++;
	return class;
}

static bool is_big(const void *p)
{
	return (unsigned long)p >= BIG_WINDOW && (unsigned long)p < BIG_WINDOW_END;
}

/* What a free object holds; the smallest object has just room for it. */
struct free_object {
	struct free_object *next;
	unsigned long mark;
};

_Static_assert(sizeof(struct free_object) <= 16, "the smallest class must hold it");

/* Differs from object to object, so that copied bytes do not carry it. */
static unsigned long free_mark(const struct free_object *object)
{
	return (unsigned long)object ^ 0xf4eef4eef4eef4eeUL;
}

static void *free_pop(struct slab *slab)
{
	struct free_object *object = slab->free;

	slab->free = object->next;
	/* Or is_free() would have to walk the list for an object that its user never wrote to. */
	object->mark = 0;
	return object;
}

static void free_push(struct slab *slab, void *p)
{
	struct free_object *object = p;

	object->next = slab->free;
	object->mark = free_mark(object);
	slab->free = object;
}

/* The mark makes the common case quick; only the list itself is proof. */
static bool is_free(const struct slab *slab, const struct free_object *object)
{
	if (object->mark != free_mark(object))
		return false;
	for (const struct free_object *at = slab->free; at; at = at->next)
		if (at == object)
			return true;
	return false;
}

static unsigned int objects_per_slab(unsigned int class)
{
	return (PAGE_SIZE - sizeof(struct slab)) / class_size[class];
}

static struct slab *slab_new(unsigned int class)
{
	phys_addr_t frame;
	struct slab *slab;

	if (frames_alloc(0, &frame))
		return NULL;
	slab = phys_to_virt(frame);
	*slab = (struct slab){.magic = SLAB_MAGIC, .class = class};
	/* Backwards, so that objects are handed out in address order. */
	for (unsigned int i = objects_per_slab(class); i-- > 0;)
		free_push(slab, (char *)(slab + 1) + i * class_size[class]);
	list_add(&slab->list, &partial[class]);
	return slab;
}

/* Interrupts are off. */
static void *object_take(unsigned int class)
{
	struct slab *slab;
	void *object;

	if (list_empty(&partial[class])) {
		slab = slab_new(class);
		if (!slab)
			return NULL;
	}
	slab = list_first_entry(&partial[class], struct slab, list);
	object = free_pop(slab);
	slab->used++;
	if (!slab->free)
		list_del(&slab->list);
	return object;
}

static void *slab_alloc(unsigned int class)
{
	unsigned long flags = irq_save();
	void *object = object_take(class);

	irq_restore(flags);
	return object;
}

/* The slab of @p; panics when @p cannot be an object in use. */
static struct slab *slab_of(const void *p)
{
	struct slab *slab = (void *)((unsigned long)p & PAGE_MASK);
	unsigned long offset = (unsigned long)p - (unsigned long)(slab + 1);
	phys_addr_t phys;
	enum page_prot prot;

	if (page_lookup((unsigned long)p, &phys, &prot) || (const void *)slab == p ||
	    slab->magic != SLAB_MAGIC || slab->class >= CLASSES || slab->used == 0 ||
	    offset % class_size[slab->class])
		panic("kfree: %p is not memory that kmalloc() handed out", p);
	return slab;
}

/* Interrupts are off. */
static void object_give(struct slab *slab, void *object)
{
	if (is_free(slab, object))
		panic("kfree: %p is freed twice", object);
	/* It was full, and so in no list. */
	if (!slab->free)
		list_add(&slab->list, &partial[slab->class]);
	free_push(slab, object);
	if (--slab->used > 0)
		return;
	list_del(&slab->list);
	/* As long as nobody else has the page, a late kfree() of one of its objects is found out. */
	slab->magic = 0;
	frames_free(virt_to_phys(slab), 0);
}

static void slab_free(struct slab *slab, void *object)
{
	unsigned long flags = irq_save();

	object_give(slab, object);
	irq_restore(flags);
}

static void count(size_t bytes, int objects)
{
	unsigned long flags = irq_save();

	heap_bytes += bytes;
	heap_objects += objects;
	irq_restore(flags);
}

size_t ksize(const void *p)
{
	if (!p || p == zero_size_object)
		return 0;
	return is_big(p) ? window_size(p) : class_size[slab_of(p)->class];
}
EXPORT_SYMBOL(ksize);

void *kmalloc(size_t size, gfp_t flags)
{
	void *p;

	if (size == 0)
		return zero_size_object;
	p = size <= LARGEST ? slab_alloc(class_for(size)) : big_alloc(size);
	if (!p)
		return NULL;
	if ((flags & __GFP_ZERO) && size <= LARGEST)
		memset(p, 0, size);
	count(ksize(p), 1);
	return p;
}
EXPORT_SYMBOL(kmalloc);

void *kzalloc(size_t size, gfp_t flags)
{
	return kmalloc(size, flags | __GFP_ZERO);
}
EXPORT_SYMBOL(kzalloc);

void kfree(const void *p)
{
	if (!p || p == zero_size_object)
		return;
	if (is_big(p) && !window_size(p))
		panic("kfree: %p is not memory that kmalloc() handed out", p);
	count(-ksize(p), -1);
	if (is_big(p))
		window_free((void *)p);
	else
		slab_free(slab_of(p), (void *)p);
}
EXPORT_SYMBOL(kfree);

void *krealloc(void *p, size_t size, gfp_t flags)
{
	void *new;

	if (p && size == 0) {
		kfree(p);
		return zero_size_object;
	}
	/* The class has room for more than was asked for; nothing ever moves to a smaller one. */
	if (p && p != zero_size_object && size <= ksize(p))
		return p;
	new = kmalloc(size, flags);
	if (!new)
		return NULL;
	memcpy(new, p, min(ksize(p), size));
	kfree(p);
	return new;
}
EXPORT_SYMBOL(krealloc);

char *kstrdup(const char *s, gfp_t flags)
{
	size_t bytes = s ? strlen(s) + 1 : 0;
	char *copy = s ? kmalloc(bytes, flags) : NULL;

	return copy ? memcpy(copy, s, bytes) : NULL;
}
EXPORT_SYMBOL(kstrdup);

void heap_count(u64 *bytes, u64 *objects)
{
	*bytes = heap_bytes;
	*objects = heap_objects;
}
