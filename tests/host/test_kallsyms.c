/* SPDX-License-Identifier: MIT */
/*
 * test_kallsyms.c: the kernel's symbol table from end to end: tools/kallsyms writes it, the
 * assembler and the linker make an object of it, and kernel/sym/table.c and names.c read it back.
 * Each part of the table is copied into memory of its own, so that the sanitizer sees when a reader
 * goes one byte too far. The judge is the list itself, searched from its beginning to its end.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <dlfcn.h>
#include <cmocka.h>

#include "kallsyms_tool.h"

#define COUNT 3000

struct entry {
	unsigned long address;
	char type;
	char name[KSYM_NAME_LEN];
};

static unsigned long long seed = 1;
/* In the order of the table's ranks once sort_entries() was called. */
static struct entry entries[COUNT];
static u32 count;

/* A copy of @size bytes at @part that has a redzone right behind it. */
static void *copy_part(const void *part, size_t size)
{
	void *copy = LIBC(memcpy)(malloc(size + !size), part, size);

	assert_non_null(copy);
	return copy;
}

static size_t names_size(void)
{
	unsigned long size = 0;
	FILE *f;

	assert_int_equal(run(TOOL " --all --figures <%s >%s", path("nm"), path("figures")), 0);
	assert_int_equal(run("sed -n 's/^names  *\\([0-9]*\\) .*/\\1/p' %s >%s", path("figures"),
			     path("size")),
			 0);
	f = fopen(path("size"), "r");
	assert_non_null(f);
	assert_int_equal(fscanf(f, "%lu", &size), 1);
	fclose(f);
	return size;
}

static struct ksym_table *copy_table(const struct ksym_table *table)
{
	struct ksym_table *copy = copy_part(table, sizeof(*table));
	size_t n = table->count,
	       codes = ((uintptr_t)table->addresses - (uintptr_t)table->texts) / 8;

	copy->texts = copy_part(table->texts, codes * 8);
	copy->addresses = copy_part(table->addresses, n * 4);
	copy->steps = copy_part(table->steps, (n + KSYM_STEP - 1) / KSYM_STEP * 4);
	copy->blocks = copy_part(table->blocks, (n + KSYM_BLOCK - 1) / KSYM_BLOCK * 4);
	copy->by_rank = copy_part(table->by_rank, (n * table->rank_bits + 7) / 8 + 3);
	copy->names = copy_part(table->names, names_size());
	return copy;
}

static void free_table(const struct ksym_table *table)
{
	free((void *)table->texts);
	free((void *)table->addresses);
	free((void *)table->steps);
	free((void *)table->blocks);
	free((void *)table->by_rank);
	free((void *)table->names);
	free((void *)table);
}

/* The table made of the `nm` lines in file "nm"; free_table() frees it. */
static const struct ksym_table *load_table(void)
{
	const struct ksym_table *table;
	void *handle;

	assert_int_equal(run(TOOL " --all <%s >%s", path("nm"), path("t.S")), 0);
	assert_int_equal(run("gcc -c -o %s %s", path("t.o"), path("t.S")), 0);
	assert_int_equal(
		run("gcc -shared -nostdlib -Wl,-z,notext -o %s %s", path("t.so"), path("t.o")), 0);
	handle = dlopen(path("t.so"), RTLD_NOW | RTLD_LOCAL);
	assert_non_null(handle);
	table = dlsym(handle, "kallsyms_table");
	assert_non_null(table);
	table = copy_table(table);
	dlclose(handle);
	return table;
}

/* --- the judge --- */

static int compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return x->address < y->address ? -1 : x->address > y->address;
}

/* Entries of one address must already stand in the order of the table. */
static void sort_entries(void)
{
	FILE *f = fopen(path("nm"), "w");

	assert_non_null(f);
	for (u32 i = 0; i < count; i++)
		fprintf(f, "%016lx %c %s\n", entries[i].address, entries[i].type, entries[i].name);
	assert_int_equal(fclose(f), 0);
	qsort(entries, count, sizeof(entries[0]), compare_entries);
}

static void add_entry(unsigned long address, char type, const char *name)
{
	struct entry *e = &entries[count++];

	e->address = address;
	e->type = type;
	LIBC(strcpy)(e->name, name);
}

static u32 first_with_name(const char *name)
{
	u32 rank = 0;

	while (rank < count && LIBC(strcmp)(entries[rank].name, name))
		rank++;
	return rank;
}

static void check_name(const struct ksym_table *table, const char *name)
{
	u32 rank = first_with_name(name), number;

	assert_int_equal(ksym_table_find(table, name, &number), rank < count);
	if (rank < count)
		assert_int_equal(number, ksym_table_at_rank(table, rank));
}

static void check_address(const struct ksym_table *table, unsigned long address)
{
	u32 first = 0, next = 0;
	struct ksym_span span;

	while (next < count && entries[next].address <= address)
		next++;
	assert_int_equal(ksym_table_count_to(table, address), next);
	assert_int_equal(ksym_table_span(table, address, &span), next > 0);
	if (!next)
		return;
	while (entries[first].address != entries[next - 1].address)
		first++;
	assert_int_equal(span.number, ksym_table_at_rank(table, first));
	assert_int_equal(span.start, entries[first].address);
	assert_int_equal(span.end, next < count ? entries[next].address : ~0UL);
}

static void check_entry(const struct ksym_table *table, u32 rank)
{
	u32 number = ksym_table_at_rank(table, rank);
	char name[KSYM_NAME_LEN + 1];

	assert_in_range(number, 0, count - 1);
	assert_int_equal(ksym_table_address(table, number), entries[rank].address);
	assert_int_equal(ksym_table_name(table, number, name), entries[rank].type);
	assert_string_equal(name, entries[rank].name);
	check_name(table, name);
	check_address(table, entries[rank].address - 1);
	check_address(table, entries[rank].address);
	check_address(table, entries[rank].address + 1);
	/* A longer and a shorter name are other names. */
	LIBC(strcat)(name, "x");
	check_name(table, name);
	name[LIBC(strlen)(name) - 2] = '\0';
	check_name(table, name);
}

static void check_all(void)
{
	const struct ksym_table *table;
	bool *seen = calloc(count + 1, 1);

	sort_entries();
	table = load_table();
	assert_int_equal(table->count, count);
	for (u32 rank = 0; rank < count; rank++) {
		check_entry(table, rank);
		seen[ksym_table_at_rank(table, rank)] = true;
	}
	for (u32 number = 0; number < count; number++)
		assert_true(seen[number]);
	check_address(table, 0);
	check_address(table, ~0UL);
	check_name(table, "");
	check_name(table, "~");
	free_table(table);
	free(seen);
	count = 0;
}

/* --- lists of every kind --- */

/* Distinct addresses, low and high; names of many lengths that share beginnings. */
static void test_round_trip(void **state)
{
	char name[64];

	(void)state;
	for (u32 i = 0; i < COUNT; i++) {
		LIBC(snprintf)
		(name, sizeof(name), "%s_%llu.%d",
		 &"sym_with_a_long_beginning"[next_random(&seed) % 20], next_random(&seed) % 100,
		 i);
		add_entry((i < 10 ? 0x100000UL : 0xffffffff80000000UL) +
				  (unsigned long)i * 7919 % COUNT * 16,
			  "tTdDrRbB"[next_random(&seed) % 8], name);
	}
	check_all();
}

/* Around the ends of blocks and of steps, and where a number needs one more bit. */
static void test_small_lists(void **state)
{
	static const u32 counts[] = {1,	 2,  3,	 KSYM_BLOCK - 1, KSYM_BLOCK,	KSYM_BLOCK + 1,
				     16, 17, 31, KSYM_STEP,	 KSYM_STEP + 1, 2 * KSYM_STEP,
				     65, 100};
	char name[32];

	(void)state;
	for (u32 i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		for (u32 j = 0; j < counts[i]; j++) {
			LIBC(snprintf)(name, sizeof(name), "s%x", j * 2654435761U);
			add_entry(0xffffffff80000000UL + j * 3, 't', name);
		}
		check_all();
	}
}

/* Names out of few letters share much, and queries miss by little. */
static void test_alike_names(void **state)
{
	char name[16];

	(void)state;
	for (u32 i = 0; i < 700; i++) {
		u32 len = 1 + (u32)next_random(&seed) % 12;

		for (u32 j = 0; j < len; j++)
			name[j] = "a_b"[next_random(&seed) % 3];
		name[len] = '\0';
		add_entry(0xffffffff80000000UL + i, "tT"[i % 2], name);
	}
	check_all();
}

/* One name many times, over several blocks; one address many times, over several steps. */
static void test_same_names_and_addresses(void **state)
{
	char name[32];

	(void)state;
	for (u32 i = 0; i < 3 * KSYM_BLOCK; i++)
		add_entry(0xffffffff80100000UL - i * 16, 't', "twin");
	for (u32 i = 0; i < 3 * KSYM_STEP; i++) {
		LIBC(snprintf)(name, sizeof(name), "alias%u", 999 - i);
		add_entry(0xffffffff80200000UL, 'd', name);
	}
	for (u32 i = 0; i < 2 * KSYM_STEP; i++)
		add_entry(0, 'b', "twin");
	add_entry(0xffffffff80200000UL, 'd', "twin");
	add_entry(0xffffffff80000000UL, 't', "twig");
	add_entry(0xffffffff80000001UL, 't', "twinx");
	check_all();
}

/* More is shared than a byte can say, and names fill the buffer to its last byte. */
static void test_long_names(void **state)
{
	char name[KSYM_NAME_LEN];

	(void)state;
	for (u32 i = 0; i < 60; i++) {
		u32 same = 200 + (u32)next_random(&seed) % 300;
		u32 len = same + (u32)next_random(&seed) % (KSYM_NAME_LEN - same);

		len = i % 3 ? len : KSYM_NAME_LEN - 1;
		LIBC(memset)(name, 'l', same);
		for (u32 j = same; j < len; j++)
			name[j] = "lmn"[next_random(&seed) % 3];
		name[len] = '\0';
		if (first_with_name(name) == count)
			add_entry(0xffffffff80000000UL + i * 2, 'r', name);
	}
	check_all();
}

static void test_empty(void **state)
{
	const struct ksym_table *table;
	struct ksym_span span;
	u32 found;

	(void)state;
	write_file("nm", "", 0);
	table = load_table();
	assert_int_equal(table->count, 0);
	assert_int_equal(ksym_table_count_to(table, ~0UL), 0);
	assert_false(ksym_table_span(table, ~0UL, &span));
	assert_false(ksym_table_find(table, "x", &found));
	free_table(table);
	assert_int_equal(run(TOOL " --empty </dev/null | cmp -s - %s", path("t.S")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),  cmocka_unit_test(test_small_lists),
		cmocka_unit_test(test_alike_names), cmocka_unit_test(test_same_names_and_addresses),
		cmocka_unit_test(test_long_names),  cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
