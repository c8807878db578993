/* SPDX-License-Identifier: MIT */
/* bsearch.h: finding an element of a sorted array by halves. */
#ifndef _LINUX_BSEARCH_H
#define _LINUX_BSEARCH_H

#include <linux/sort.h>

/* @base is sorted by @cmp(@key, element). NULL when there is no such element, also when @n is 0. */
void *bsearch(const void *key, const void *base, size_t n, size_t size, cmp_func_t cmp);

#endif
