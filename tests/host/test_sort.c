/* SPDX-License-Identifier: MIT */
/* test_sort.c: kernel/lib/sort.c against qsort() and the C library's bsearch(). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "lib/lib.h"

#include "libc.h"

#define MOST 300

static unsigned long long seed = 1;
static unsigned long comparisons;

static int compare_ints(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	comparisons++;
	return x < y ? -1 : x > y;
}

static void fill(int *a, size_t n, int kinds)
{
	for (size_t i = 0; i < n; i++)
		a[i] = (int)(next_random(&seed) % (unsigned int)kinds) - kinds / 2;
}

static void test_sort_ints(void **state)
{
	(void)state;
	for (size_t n = 0; n < MOST; n++) {
		int *ours = malloc(n * sizeof(int)), *theirs = malloc(n * sizeof(int));

		fill(ours, n, n % 3 ? 1000000 : 5);
		memcpy(theirs, ours, n * sizeof(int));
		sort(ours, n, sizeof(int), compare_ints, NULL);
		qsort(theirs, n, sizeof(int), compare_ints);
		assert_memory_equal(ours, theirs, n * sizeof(int));
		free(ours);
		free(theirs);
	}
}

/* Inputs that are bad for quicksort: sorted, reversed, all equal. */
static void test_worst_cases(void **state)
{
	enum { N = 20000 };
	static int a[N];
	int log2n = 15;

	(void)state;
	for (int kind = 0; kind < 3; kind++) {
		for (int i = 0; i < N; i++)
			a[i] = kind == 0 ? i : kind == 1 ? N - i : 7;
		comparisons = 0;
		sort(a, N, sizeof(int), compare_ints, NULL);
		assert_true(comparisons < 2UL * N * (unsigned long)log2n);
		for (int i = 1; i < N; i++)
			assert_true(a[i - 1] <= a[i]);
	}
}

/* Elements of an odd size, which the sort must move whole. */
struct odd {
	char key;
	char rest[12];
};

static int compare_odd(const void *a, const void *b)
{
	return ((const struct odd *)a)->key - ((const struct odd *)b)->key;
}

static void test_odd_size(void **state)
{
	struct odd a[100];

	(void)state;
	for (int i = 0; i < 100; i++) {
		a[i].key = (char)(i * 37 % 100);
		memset(a[i].rest, a[i].key, sizeof(a[i].rest));
	}
	sort(a, 100, sizeof(a[0]), compare_odd, NULL);
	for (int i = 0; i < 100; i++) {
		assert_int_equal(a[i].key, i);
		for (size_t k = 0; k < sizeof(a[i].rest); k++)
			assert_int_equal(a[i].rest[k], i);
	}
}

static int compare_through(const void *a, const void *b, const void *priv)
{
	const int *values = priv;

	return compare_ints(&values[*(const unsigned int *)a], &values[*(const unsigned int *)b]);
}

static unsigned long swaps;

static void counting_swap(void *a, void *b, int size, const void *priv)
{
	unsigned int *x = a, *y = b, old = *x;

	assert_non_null(priv);
	assert_int_equal(size, sizeof(*x));
	*x = *y;
	*y = old;
	swaps++;
}

static void test_private_data(void **state)
{
	static const int values[] = {5, 3, 9, 1, 7};
	unsigned int order[] = {0, 1, 2, 3, 4};
	static const unsigned int expected[] = {3, 1, 0, 4, 2};

	(void)state;
	sort_r(order, 5, sizeof(order[0]), compare_through, counting_swap, values);
	assert_memory_equal(order, expected, sizeof(order));
	assert_true(swaps > 0);
}

static void test_bsearch(void **state)
{
	int a[64];

	(void)state;
	for (int i = 0; i < 64; i++)
		a[i] = 2 * i;
	for (size_t n = 0; n <= 64; n++) {
		for (int key = -1; key <= 129; key++) {
			const void *expected = LIBC(bsearch)(&key, a, n, sizeof(int), compare_ints);

			assert_ptr_equal(bsearch(&key, a, n, sizeof(int), compare_ints), expected);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sort_ints), cmocka_unit_test(test_worst_cases),
		cmocka_unit_test(test_odd_size),  cmocka_unit_test(test_private_data),
		cmocka_unit_test(test_bsearch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
