/* SPDX-License-Identifier: MIT */
/* window.h: what mm.c may ask window.c besides mm.h. */
#ifndef KOAN_MM_WINDOW_H
#define KOAN_MM_WINDOW_H

#include "mm/mm.h"

/*
 * @size bytes of a device at @phys, both whole pages, in the big-object window; window_free() takes
 * them out again. NULL when there is no room.
 */
void *window_map(phys_addr_t phys, size_t size);

/* Pages mapped in each window, guards not counted. */
u64 window_module_pages(void);
u64 window_big_pages(void);

#endif
