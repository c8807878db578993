/* SPDX-License-Identifier: MIT */
/* test_symindex.c: kernel/sym/index.c, the lookups in one module's symbols, against plain scans. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "sym/lookup.h"

#include <linux/errno.h>

#include "libc.h"

#define MOST 200
#define TEXT 0xffffffffc0000000UL
#define DATA 0xffffffffc0004000UL
#define SIZE 0x400UL

static unsigned long long seed = 1;

static char names[MOST][16];
static struct ksym syms[MOST];
static u32 by_address[MOST], by_name[MOST];
static struct sym_table table;

static void make_table(unsigned int count)
{
	table = (struct sym_table){
		.module = "mod",
		.syms = syms,
		.count = count,
		.by_address = by_address,
		.by_name = by_name,
		.ranges = {{TEXT, SIZE}, {DATA, SIZE}},
	};
	sym_table_index(&table);
}

static void set(unsigned int i, unsigned long address, char type, const char *name)
{
	snprintf(names[i], sizeof(names[i]), "%s", name);
	syms[i] = (struct ksym){address, type, names[i], "mod"};
}

static void expect(unsigned long address, const char *name, unsigned long offset,
		   unsigned long size)
{
	struct ksym_place place;

	assert_int_equal(sym_table_by_address(&table, address, &place), 0);
	assert_string_equal(place.name, name);
	assert_int_equal(place.start, address - offset);
	assert_int_equal(place.offset, offset);
	assert_int_equal(place.size, size);
	assert_string_equal(place.module, "mod");
}

static void expect_none(unsigned long address)
{
	struct ksym_place place;

	assert_int_equal(sym_table_by_address(&table, address, &place), -ENOENT);
}

static void test_edges(void **state)
{
	(void)state;
	set(0, DATA + 0x10, 'd', "data");
	set(1, TEXT + 0x20, 't', "second");
	set(2, TEXT + 0x10, 't', "first");
	make_table(3);
	expect(TEXT + 0x10, "first", 0, 0x10);
	expect(TEXT + 0x1f, "first", 0xf, 0x10);
	expect(TEXT + 0x20, "second", 0, SIZE - 0x20);
	expect(TEXT + SIZE - 1, "second", SIZE - 0x21, SIZE - 0x20);
	expect(DATA + SIZE - 1, "data", SIZE - 0x11, SIZE - 0x10);
	/* Before the first symbol of a range, in none, and at the ends of the address space. */
	expect_none(TEXT + 0xf);
	expect_none(DATA + 0xf);
	expect_none(TEXT + SIZE);
	expect_none(TEXT - 1);
	expect_none(0);
	expect_none(~0UL);
}

static void test_empty(void **state)
{
	(void)state;
	make_table(0);
	expect_none(TEXT);
	assert_null(sym_table_by_name(&table, "x"));
}

static void test_ties(void **state)
{
	(void)state;
	set(0, TEXT, 't', "local");
	set(1, TEXT, 'T', "global");
	set(2, TEXT, 'T', "later");
	set(3, TEXT + 8, 't', "one");
	set(4, TEXT + 8, 't', "two");
	make_table(5);
	expect(TEXT, "global", 0, 8);
	expect(TEXT + 9, "one", 1, SIZE - 8);
}

static void test_same_name(void **state)
{
	(void)state;
	set(0, TEXT + 8, 't', "twin");
	set(1, TEXT, 't', "twin");
	set(2, TEXT + 16, 't', "twins");
	make_table(3);
	assert_ptr_equal(sym_table_by_name(&table, "twin"), &syms[0]);
	assert_ptr_equal(sym_table_by_name(&table, "twins"), &syms[2]);
	assert_null(sym_table_by_name(&table, "twi"));
	assert_null(sym_table_by_name(&table, ""));
}

/* Those that the function was called with, in order; stops at the third. */
static const struct ksym *told[3];
static unsigned int told_count;

static int tell(const struct ksym *sym, void *data)
{
	(void)data;
	told[told_count++] = sym;
	return told_count == 3;
}

static unsigned int ask(const char *name)
{
	unsigned int probes = 0;
	int result;

	told_count = 0;
	result = sym_table_each_called(&table, name, tell, NULL, &probes);
	assert_int_equal(result, told_count == 3);
	return probes;
}

static void test_each_called(void **state)
{
	static const char *const names[] = {"b", "a", "b", "c", "b", "b", "bb", "d"};

	(void)state;
	make_table(0);
	assert_int_equal(ask("a"), 0);
	for (unsigned int i = 0; i < 8; i++)
		set(i, TEXT + 8 * i, 't', names[i]);
	make_table(8);
	ask("b");
	assert_int_equal(told_count, 3);
	for (unsigned int i = 0; i < 3; i++)
		assert_ptr_equal(told[i], &syms[2 * i]);
	ask("bb");
	assert_int_equal(told_count, 1);
	assert_ptr_equal(told[0], &syms[6]);
	/* Halving 8 takes 3 or 4 looks, and one more each for what is there and what follows. */
	assert_in_range(ask("a"), 5, 6);
	assert_in_range(ask("nothing"), 3, 4);
	assert_int_equal(told_count, 0);
}

/* The best symbol by looking at all of them. */
static const struct ksym *scan(unsigned long address)
{
	unsigned long start = address < TEXT + SIZE ? TEXT : DATA;
	const struct ksym *best = NULL;

	for (unsigned int i = 0; i < table.count; i++) {
		const struct ksym *s = &syms[i];

		if (s->address < start || s->address > address)
			continue;
		if (!best || s->address > best->address ||
		    (s->address == best->address && s->type == 'T' && best->type == 't'))
			best = s;
	}
	return best;
}

static void test_random(void **state)
{
	struct ksym_place place;

	(void)state;
	for (int round = 0; round < 50; round++) {
		unsigned int count = 1 + (unsigned int)(next_random(&seed) % MOST);

		for (unsigned int i = 0; i < count; i++) {
			unsigned long base = next_random(&seed) % 2 ? TEXT : DATA;
			char name[16];

			snprintf(name, sizeof(name), "s%llu", next_random(&seed) % 150);
			set(i, base + next_random(&seed) % SIZE, next_random(&seed) % 2 ? 't' : 'T',
			    name);
		}
		make_table(count);
		for (unsigned long a = TEXT; a < DATA + SIZE;
		     a += a == TEXT + SIZE - 1 ? DATA - a : 1) {
			const struct ksym *best = scan(a);

			assert_int_equal(sym_table_by_address(&table, a, &place),
					 best ? 0 : -ENOENT);
			if (best) {
				assert_string_equal(place.name, best->name);
				assert_int_equal(place.start, best->address);
			}
		}
		for (unsigned int i = 0; i < count; i++) {
			unsigned int first = 0;

			while (strcmp(syms[first].name, syms[i].name))
				first++;
			assert_ptr_equal(sym_table_by_name(&table, syms[i].name), &syms[first]);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_edges),  cmocka_unit_test(test_empty),
		cmocka_unit_test(test_ties),   cmocka_unit_test(test_same_name),
		cmocka_unit_test(test_random), cmocka_unit_test(test_each_called),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
