/* SPDX-License-Identifier: MIT */
/*
 * test_names.c: how modprobe finds names and patterns again (kernel/modprobe/names.c), which
 * fnmatch(3) judges: kmod uses it. All texts lie on exactly as much heap as they need.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fnmatch.h>
#include <cmocka.h>

#include <linux/errno.h>

#include "modprobe/probe.h"

/* --- the heap --- */

static int allocations_left = -1; /* negative: any number */

static void *give(void *memory)
{
	if (allocations_left < 0)
		return memory;
	return allocations_left-- ? memory : NULL;
}

void *kmalloc(size_t size, gfp_t flags)
{
	(void)flags;
	return allocations_left == 0 ? NULL : give(malloc(size));
}

void *krealloc(void *old, size_t size, gfp_t flags)
{
	(void)flags;
	return allocations_left == 0 ? NULL : give(realloc(old, size));
}

void kfree(const void *p)
{
	free((void *)p);
}

/* --- tables --- */

#define NAMES 300

static unsigned int seed = 7;

static unsigned int next_random(void)
{
	seed = seed * 1103515245 + 12345;
	return seed >> 16;
}

/* Few letters, so that there are many hits. */
static char *random_text(const char *letters)
{
	char text[8];
	size_t len = next_random() % sizeof(text), n = strlen(letters);

	for (size_t i = 0; i < len; i++)
		text[i] = letters[next_random() % n];
	text[len] = '\0';
	return strdup(text);
}

struct world {
	char *keys[NAMES], *name;
	unsigned int at; /* the row that is expected next, or one after it */
};

static bool slow_match(const char *pattern, const char *name)
{
	return fnmatch(pattern, name, 0) == 0;
}

static int see(const struct name_row *row, void *data)
{
	struct world *w = data;

	while (!slow_match(w->keys[w->at], w->name))
		w->at++;
	assert_ptr_equal(row->key, w->keys[w->at]);
	w->at++;
	return 0;
}

static int stop(const struct name_row *row, void *count)
{
	(void)row;
	return ++*(int *)count == 2 ? 77 : 0;
}

static void test_names_match(void **state)
{
	struct names names = {0};
	struct world w = {.at = 0};
	int found = 0;

	(void)state;
	for (unsigned int i = 0; i < NAMES; i++) {
		w.keys[i] = random_text("abc_*?");
		assert_int_equal(names_add(&names, w.keys[i], strlen(w.keys[i]), "v"), 0);
	}
	assert_int_equal(names_seal(&names), 0);
	for (unsigned int i = 0; i < 2000; i++) {
		w.name = random_text("abc_");
		w.at = 0;
		assert_int_equal(names_match(&names, w.name, see, &w), 0);
		/* None is behind the last one seen. */
		for (; w.at < NAMES; w.at++)
			assert_false(slow_match(w.keys[w.at], w.name));
		free(w.name);
	}
	assert_int_equal(names_match(&names, "a", stop, &found), 77);
	assert_int_equal(found, 2);
	for (unsigned int i = 0; i < NAMES; i++)
		free(w.keys[i]);
	names_free(&names);
}

static void test_names_find(void **state)
{
	static const char *const keys[] = {"one", "my-mod", "one", "*", "my_mod", "One", "one"};
	struct names names = {0};
	const struct name_row *row;

	(void)state;
	for (size_t i = 0; i < 7; i++)
		assert_int_equal(names_add(&names, keys[i], strlen(keys[i]), keys[i]), 0);
	assert_int_equal(names_seal(&names), 0);
	row = names_find(&names, "one", 3);
	assert_ptr_equal(row, &names.rows[0]);
	row = names_next(&names, row);
	assert_ptr_equal(row, &names.rows[2]);
	row = names_next(&names, row);
	assert_ptr_equal(row, &names.rows[6]);
	assert_null(names_next(&names, row));
	assert_ptr_equal(names_find(&names, "my_mod!", 6), &names.rows[1]);
	assert_null(names_find(&names, "on", 2));
	assert_null(names_find(&names, "*", 1));
	names_free(&names);
}

/* An allocation that fails, each in turn: an error, and nothing lost. */
static void test_no_memory(void **state)
{
	int err = -ENOMEM, hits;

	(void)state;
	for (int left = 0; err; left++) {
		struct names names = {0};

		allocations_left = left;
		err = 0;
		hits = 0;
		for (unsigned int i = 0; i < 40 && !err; i++)
			err = names_add(&names, i % 2 ? "a*" : "ab", 2, "v");
		err = err ?: names_seal(&names);
		err = err ?: names_match(&names, "ab", stop, &hits);
		assert_true(err == -ENOMEM || err == 77);
		err = err == 77 ? 0 : err;
		names_free(&names);
		assert_true(left < 30);
	}
	allocations_left = -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_match),
		cmocka_unit_test(test_names_find),
		cmocka_unit_test(test_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
