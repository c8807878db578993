/* SPDX-License-Identifier: MIT */
/*
 * sort.c: sorting and searching in arrays of anything.
 *
 * Heapsort, because it needs no memory, no recursion and no luck: the kernel sorts what strangers
 * hand it, and an input that makes quicksort quadratic would be a way to hang the console.
 */
#include "lib/lib.h"
#include <linux/export.h>

struct array {
	u8 *base;
	size_t size; /* of an element, in bytes */
	compare_fn cmp;
};

static void swap_elements(const struct array *a, size_t i, size_t j)
{
	u8 *x = a->base + i * a->size, *y = a->base + j * a->size;

	for (size_t n = 0; n < a->size; n++) {
		u8 byte = x[n];

		x[n] = y[n];
		y[n] = byte;
	}
}

static int compare_elements(const struct array *a, size_t i, size_t j)
{
	return a->cmp(a->base + i * a->size, a->base + j * a->size);
}

/* Lets element @i sink below its larger children; the heap is [0, n), children of i at 2i+1, 2i+2. */
static void sift_down(const struct array *a, size_t i, size_t n)
{
	size_t child;

	while ((child = 2 * i + 1) < n) {
		if (child + 1 < n && compare_elements(a, child, child + 1) < 0)
			child++;
		if (compare_elements(a, i, child) >= 0)
			return;
		swap_elements(a, i, child);
		i = child;
	}
}

void sort(void *base, size_t n, size_t size, compare_fn cmp)
{
	struct array a = {base, size, cmp};

	for (size_t i = n / 2; i-- > 0;)
		sift_down(&a, i, n);
	while (n > 1) {
		n--;
		swap_elements(&a, 0, n);
		sift_down(&a, 0, n);
	}
}
EXPORT_SYMBOL(sort);

void *bsearch(const void *key, const void *base, size_t n, size_t size, compare_fn cmp)
{
	const u8 *low = base;

	while (n) {
		const u8 *middle = low + n / 2 * size;
		int order = cmp(key, middle);

		if (!order)
			return (void *)middle;
		if (order > 0) {
			low = middle + size;
			n--;
		}
		n /= 2;
	}
	return NULL;
}
EXPORT_SYMBOL(bsearch);
