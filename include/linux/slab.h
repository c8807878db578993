/* SPDX-License-Identifier: MIT */
/*
 * slab.h: the heap. Memory is aligned to 16 bytes (to a page for sizes above 2016), and
 * belongs to the caller until kfree(). It follows itself in virtual addresses only.
 */
#ifndef _LINUX_SLAB_H
#define _LINUX_SLAB_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/overflow.h>

/* Koan never sleeps for memory, so the kinds of waiting that Linux distinguishes are one here. */
#define GFP_KERNEL ((gfp_t)0x01)
#define GFP_ATOMIC ((gfp_t)0x02)
#define GFP_NOWAIT ((gfp_t)0x04)
#define __GFP_ZERO ((gfp_t)0x100)

/* All return NULL when there is no room. kmalloc(0) gives a valid pointer that may only be freed. */
void *kmalloc(size_t size, gfp_t flags);
void *kzalloc(size_t size, gfp_t flags);
/* As realloc(): the old block stays valid when NULL comes back. */
__must_check void *krealloc(void *p, size_t size, gfp_t flags);
/* kfree(NULL) does nothing. */
void kfree(const void *p);
/* Bytes really available behind @p, at least what was asked for. */
size_t ksize(const void *p);
char *kstrdup(const char *s, gfp_t flags);

static inline void *kmalloc_array(size_t n, size_t size, gfp_t flags)
{
	size_t bytes;

	return check_mul_overflow(n, size, &bytes) ? NULL : kmalloc(bytes, flags);
}

static inline void *kcalloc(size_t n, size_t size, gfp_t flags)
{
	return kmalloc_array(n, size, flags | __GFP_ZERO);
}

#endif
