/* SPDX-License-Identifier: MIT */
/* sort.h: sorting an array in place. O(n log n) for every input; equal elements may change order. */
#ifndef _LINUX_SORT_H
#define _LINUX_SORT_H

#include <linux/types.h>

typedef int (*cmp_func_t)(const void *a, const void *b);
typedef int (*cmp_r_func_t)(const void *a, const void *b, const void *priv);
typedef void (*swap_func_t)(void *a, void *b, int size);
typedef void (*swap_r_func_t)(void *a, void *b, int size, const void *priv);

/* @swap is NULL unless exchanging two elements takes more than exchanging their bytes. */
void sort(void *base, size_t n, size_t size, cmp_func_t cmp, swap_func_t swap);
/* @priv is handed to @cmp and @swap. */
void sort_r(void *base, size_t n, size_t size, cmp_r_func_t cmp, swap_r_func_t swap,
	    const void *priv);

#endif
