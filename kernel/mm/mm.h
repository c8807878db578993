/* SPDX-License-Identifier: MIT */
/*
 * mm.h: memory, in four layers, each with its count of what is out:
 *
 *   frames.c   physical pages, by buddies: 2^order pages that follow each other
 *   paging.c   what each virtual page is and what may be done with it
 *   window.c   address ranges made of single frames: the module window and the big-object window
 *   heap.c     kmalloc() and friends (include/linux/slab.h)
 *
 *   ffff800000000000  all physical memory, in order (never executable)
 *   ffffc90000000000  big objects, memory of devices
 *   ffffffff80000000  the kernel
 *   ffffffffc0000000  modules
 */
#ifndef KOAN_MM_H
#define KOAN_MM_H

#include <linux/types.h>
#include <linux/compiler.h>

#define PAGE_SHIFT     12
#define PAGE_SIZE      (1UL << PAGE_SHIFT)
#define PAGE_MASK      (~(PAGE_SIZE - 1))
#define PAGE_ALIGN(x)  (((unsigned long)(x) + PAGE_SIZE - 1) & PAGE_MASK)

#define DIRECT_MAP     0xffff800000000000UL
#define BIG_WINDOW     0xffffc90000000000UL
#define BIG_WINDOW_END 0xffffc98000000000UL /* one page-directory-pointer table: 512 GiB */
#define KERNEL_BASE    0xffffffff80000000UL
#define MODULES_BASE   0xffffffffc0000000UL
#define MODULES_END    0xffffffffff000000UL

/* A physical address in the direct map, and back. */
static inline void *phys_to_virt(phys_addr_t p)
{
	return (void *)(DIRECT_MAP + p);
}

static inline phys_addr_t virt_to_phys(const void *v)
{
	return (unsigned long)v - DIRECT_MAP;
}

/* --- boot_info.c: what GRUB told us (multiboot2), copied out of its memory --- */

struct boot_range {
	phys_addr_t start, end; /* [start, end) */
};

#define BOOT_RANGES_MAX 64

struct boot_info {
	char cmdline[1024];
	struct boot_range usable[BOOT_RANGES_MAX]; /* RAM, in address order, page-aligned inward */
	unsigned int usable_count;
	struct boot_range initrd[4]; /* GRUB's modules, in the order of grub.cfg */
	unsigned int initrd_count;
};

extern struct boot_info boot_info;

/* Reads the structure GRUB left at @physical (multiboot2 3.6); panics when it is no such thing. */
void boot_info_read(u32 magic, phys_addr_t physical);

/* --- mm.c --- */

#define MM_MINIMUM_MB 16 /* less memory than this, and the kernel says so and stops */

/* All of the below, in order: frames, paging, windows, heap. */
void mm_init(void);
/* Gives the memory of .init sections back. */
void mm_free_init(void);

struct mm_counts {
	u64 total_frames, free_frames;
	u64 heap_bytes;	  /* handed out by kmalloc(), rounded up to its sizes */
	u64 heap_objects; /* and how many blocks */
	u64 big_pages;	  /* pages of the big-object window in use */
	u64 module_pages; /* pages of the module window in use */
};

void mm_count(struct mm_counts *counts);

/* --- frames.c --- */

#define FRAME_ORDER_MAX 10 /* 4 MiB */

/* 2^order frames in a row, aligned to their size. -ENOMEM; never panics. Contents are arbitrary. */
__must_check int frames_alloc(unsigned int order, phys_addr_t *out);
void frames_free(phys_addr_t p, unsigned int order);

/* --- paging.c --- */

enum page_prot {
	PROT_RO,  /* read only, not executable */
	PROT_RW,  /* writable, not executable */
	PROT_RX,  /* executable, not writable */
	PROT_RWX, /* both: for modules, when CONFIG_STRICT_MODULE_RWX is off, and for nothing else */
	PROT_DEVICE, /* as PROT_RW, and the processor keeps no copy of what is there */
};

__must_check int page_map(unsigned long virt, phys_addr_t phys, enum page_prot prot);
/* Returns the frame that was there; the page must have been mapped. */
phys_addr_t page_unmap(unsigned long virt);
/* Changes [virt, virt + bytes), all of it mapped by page_map(). */
void page_protect(unsigned long virt, size_t bytes, enum page_prot prot);
/* 0 and what is there, or -ENOENT; works for large pages too. */
__must_check int page_lookup(unsigned long virt, phys_addr_t *phys, enum page_prot *prot);

/* --- ptwalk.c: the page tables as ranges --- */

/* [start, end) is mapped, all of it with the same permissions; for the last page end is 0. */
struct mapped_range {
	unsigned long start, end;
	enum page_prot prot;
};

/*
 * Calls @fn for all that is mapped, from the lowest address to the highest, each range as large as
 * possible. Stops at the first result that is not 0 and returns it. @fn may take memory.
 */
int ptwalk(int (*fn)(const struct mapped_range *range, void *data), void *data);

/* --- window.c --- */

/*
 * Whole pages at the next free addresses of a window, zeroed, PROT_RW, with an unmapped page
 * behind them. NULL when there is no room. @size is in bytes; 0 is refused.
 */
void *module_alloc(size_t size);
void *big_alloc(size_t size);
/* @p is what the above returned (either window); NULL does nothing. */
void window_free(void *p);
/* Bytes (whole pages) behind @p, or 0 when no window handed it out. */
size_t window_size(const void *p);
/* @p and @size page-aligned, inside one allocation. */
void window_protect(void *p, size_t size, enum page_prot prot);

/* heap.c: see include/linux/slab.h. */

#endif
