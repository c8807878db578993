/* SPDX-License-Identifier: MIT */
/*
 * sort.c: sorting and searching in arrays of anything.
 *
 * Heapsort, because it needs no memory, no recursion and no luck: the kernel sorts what strangers
 * hand it, and an input that makes quicksort quadratic would be a way to hang the console.
 */
#include "lib/lib.h"

#include <linux/bsearch.h>
#include <linux/export.h>
#include <linux/sort.h>

struct array {
	u8 *base;
	size_t size; /* of an element, in bytes */
	cmp_r_func_t cmp;
	swap_r_func_t swap;
	const void *priv;
};

static void swap_bytes(void *a, void *b, int size, const void *priv)
{
	u8 *x = a, *y = b;

	(void)priv;
	for (int i = 0; i < size; i++) {
		u8 byte = x[i];

		x[i] = y[i];
		y[i] = byte;
	}
}

static void swap_elements(const struct array *a, size_t i, size_t j)
{
	a->swap(a->base + i * a->size, a->base + j * a->size, (int)a->size, a->priv);
}

static int compare_elements(const struct array *a, size_t i, size_t j)
{
	return a->cmp(a->base + i * a->size, a->base + j * a->size, a->priv);
}

/* Lets element @i sink below larger ones. The heap is [0, n); i has the children 2i + 1, 2i + 2. */
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

/*
 * First every inner element sinks to its place, which makes a heap: the largest is on top. Then
 * the top changes places with the last, the heap is one shorter, and the new top sinks.
 */
void sort_r(void *base, size_t n, size_t size, cmp_r_func_t cmp, swap_r_func_t swap,
	    const void *priv)
{
	struct array a = {base, size, cmp, swap ? swap : swap_bytes, priv};

	for (size_t i = n / 2; i-- > 0;)
		sift_down(&a, i, n);
	while (n > 1) {
		n--;
		swap_elements(&a, 0, n);
		sift_down(&a, 0, n);
	}
}
EXPORT_SYMBOL(sort_r);

/* sort() is sort_r() with the two plain functions as its private data. */
struct plain {
	cmp_func_t cmp;
	swap_func_t swap;
};

static int plain_cmp(const void *a, const void *b, const void *priv)
{
	return ((const struct plain *)priv)->cmp(a, b);
}

static void plain_swap(void *a, void *b, int size, const void *priv)
{
	((const struct plain *)priv)->swap(a, b, size);
}

void sort(void *base, size_t n, size_t size, cmp_func_t cmp, swap_func_t swap)
{
	struct plain plain = {cmp, swap};

	sort_r(base, n, size, plain_cmp, swap ? plain_swap : NULL, &plain);
}
EXPORT_SYMBOL(sort);

/* [low, low + n) is what may still hold @key. */
void *bsearch(const void *key, const void *base, size_t n, size_t size, cmp_func_t cmp)
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
