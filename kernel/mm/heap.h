/* SPDX-License-Identifier: MIT */
/* heap.h: what mm.c may ask heap.c besides include/linux/slab.h. */
#ifndef KOAN_MM_HEAP_H
#define KOAN_MM_HEAP_H

#include <linux/types.h>

void heap_init(void);
void heap_count(u64 *bytes, u64 *objects);

#endif
