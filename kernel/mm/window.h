/* SPDX-License-Identifier: MIT */
/* window.h: what mm.c may ask window.c besides mm.h. */
#ifndef KOAN_MM_WINDOW_H
#define KOAN_MM_WINDOW_H

#include "mm/mm.h"

/* Pages mapped in each window, guards not counted. */
u64 window_module_pages(void);
u64 window_big_pages(void);

#endif
