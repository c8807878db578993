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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "sym/table.h"

#include "libc.h"

#define TOOL  "build/tests/host/kallsyms"
#define COUNT 3000

struct entry {
	unsigned long address;
	char type;
	char name[KSYM_NAME_LEN];
};

static unsigned long long seed = 1;
static char folder[] = "/tmp/test_kallsyms.XXXXXX";
/* In the order of the table's ranks once sort_entries() was called. */
static struct entry entries[COUNT];
static u32 count;

static const char *path(const char *name)
{
	static char paths[4][64];
	static int turn;
	char *p = paths[turn++ % 4];

	LIBC(snprintf)(p, sizeof(paths[0]), "%s/%s", folder, name);
	return p;
}

static int run(const char *fmt, ...)
{
	char command[512];
	va_list args;
	int status;

	va_start(args, fmt);
	LIBC(vsnprintf)(command, sizeof(command), fmt, args);
	va_end(args);
	status = system(command);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void write_file(const char *name, const char *text, size_t len)
{
	FILE *f = fopen(path(name), "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	return run("rm -r %s", folder);
}

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

/* --- the tool --- */

static void expect_map(const char *nm, const char *map)
{
	write_file("nm", nm, LIBC(strlen)(nm));
	write_file("expected", map, LIBC(strlen)(map));
	assert_int_equal(run(TOOL " --map <%s >%s", path("nm"), path("map")), 0);
	assert_int_equal(run("diff %s %s", path("map"), path("expected")), 0);
}

static void test_filter_and_order(void **state)
{
	(void)state;
	expect_map("                 U undefined\n"
		   "                 w weak_undefined\n"
		   "0000000000001000 A PAGE\n"
		   "0000000000000010 a STUB_SIZE\n"
		   "ffffffff80000000 t .L42\n",
		   "");
	/* At one address: functions before the linker's marks, global first, weak last. */
	expect_map("ffffffff80000010 t later\n"
		   "ffffffff80000000 W weak\n"
		   "ffffffff80000000 T __text_start\n"
		   "ffffffff80000000 t local\n"
		   "ffffffff80000000 T __under\n"
		   "ffffffff80000000 T _under\n"
		   "ffffffff80000000 T zebra\n"
		   "ffffffff80000000 T ant\n"
		   "0000000000100000 T start\n",
		   "0000000000100000 T start\n"
		   "ffffffff80000000 T zebra\n"
		   "ffffffff80000000 T ant\n"
		   "ffffffff80000000 T _under\n"
		   "ffffffff80000000 T __under\n"
		   "ffffffff80000000 t local\n"
		   "ffffffff80000000 T __text_start\n"
		   "ffffffff80000000 W weak\n"
		   "ffffffff80000010 t later\n");
}

#define LISTED                                                                                     \
	"0000000000001000 A per_cpu\n"                                                             \
	"                 U undefined\n"                                                           \
	"ffffffff80000000 W weak\n"                                                                \
	"ffffffffc0000000 t in_a_module\t[module]\n"                                               \
	"ffffffff80000010 V weak_object\n"
#define KEPT                                                                                       \
	"0000000000001000 A per_cpu\n"                                                             \
	"ffffffff80000000 W weak\n"                                                                \
	"ffffffff80000010 V weak_object\n"

/* Any list: absolute symbols count, rows of modules do not. */
static void test_all_types(void **state)
{
	(void)state;
	write_file("nm", LISTED, sizeof(LISTED) - 1);
	write_file("expected", KEPT, sizeof(KEPT) - 1);
	assert_int_equal(run(TOOL " --all --map <%s | diff - %s", path("nm"), path("expected")), 0);
}

/* What --figures adds up is what the object has. */
static void test_figures(void **state)
{
	(void)state;
	assert_int_equal(
		run("seq 1001 7 7000 | sed 's/.*/ffffffff8000& t name&/' >%s", path("list")), 0);
	assert_int_equal(run(TOOL " <%s | gcc -c -x assembler -o %s -", path("list"), path("f.o")),
			 0);
	assert_int_equal(run("[ $(size -A %s | sed -n 's/^.kallsyms *//p' | cut -d' ' -f1) = "
			     "$(" TOOL " --figures <%s | sed -n 's/^all *//p' | cut -d' ' -f1) ]",
			     path("f.o"), path("list")),
			 0);
}

/* The size of the table must not depend on addresses: see tools/build/kernel.mk. */
static void test_size_is_stable(void **state)
{
	(void)state;
	run("printf 'ffffffff80000000 T a\\nffffffff80000010 T b\\n' >%s", path("nm"));
	assert_int_equal(run(TOOL " <%s | gcc -c -x assembler -o %s -", path("nm"), path("1.o")),
			 0);
	run("printf 'ffffffff80111110 T a\\nffffffff80111117 T b\\n' >%s", path("nm"));
	assert_int_equal(run(TOOL " <%s | gcc -c -x assembler -o %s -", path("nm"), path("2.o")),
			 0);
	assert_int_equal(
		run("[ \"$(size -A %s | grep ^.kallsyms)\" = \"$(size -A %s | grep ^.kallsyms)\" ]",
		    path("1.o"), path("2.o")),
		0);
}

static void expect_refusal(const char *nm, size_t len, const char *message)
{
	write_file("nm", nm, len);
	assert_int_equal(run(TOOL " <%s >/dev/null 2>%s", path("nm"), path("err")), 1);
	if (run("grep -qF '%s' %s", message, path("err")))
		fail_msg("expected \"%s\"", message);
}

static void test_hostile_input(void **state)
{
	static char line[1000];

	(void)state;
#define REFUSED(nm, message) expect_refusal(nm, sizeof(nm) - 1, message)
	REFUSED("rubbish\n", "line 1: expected");
	REFUSED("ffffffff80000000 T ok\nffffffff80000000 T\n", "line 2: expected");
	REFUSED("ffffffff80000000 T \n", "line 1: no name");
	REFUSED("1ffffffff80000000 T a\n", "line 1: expected");
	REFUSED("-1 T a\n", "line 1: expected");
	REFUSED("ffffffff80000000 1 a\n", "no symbol type");
	REFUSED("ffffffff80000000 T a\"b\n", "character 0x22");
	REFUSED("ffffffff80000000 T a\\b\n", "character 0x5c");
	REFUSED("ffffffff80000000 T a\0b\n", "a NUL in the text");
	REFUSED("ffffffff80000000 T a\t[module]\n", "character 0x09");
	REFUSED("ffff888000000000 T a\n", "lowest or highest 2 GiB");
	LIBC(memset)(line, 'x', sizeof(line));
	LIBC(memcpy)(line, "ffffffff80000000 T ", 19);
	expect_refusal(line, 19 + KSYM_NAME_LEN, "the kernel takes 511");
	write_file("nm", line, 19 + KSYM_NAME_LEN - 1);
	assert_int_equal(run(TOOL " <%s >/dev/null", path("nm")), 0);
	assert_int_equal(run(TOOL " --nonsense 2>/dev/null"), 1);
	assert_int_equal(run(TOOL " --map --figures 2>/dev/null </dev/null"), 1);
	assert_int_equal(run(TOOL " --empty --map 2>/dev/null </dev/null"), 1);
	assert_int_equal(run("! " TOOL " </ 2>%s && grep -q 'cannot read stdin: Is a directory' %s",
			     path("err"), path("err")),
			 0);
	assert_int_equal(
		run("printf '%%s\\n' 'ffffffff80000000 T a' | " TOOL " 2>/dev/null >/dev/full"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_small_lists),
		cmocka_unit_test(test_alike_names),
		cmocka_unit_test(test_same_names_and_addresses),
		cmocka_unit_test(test_long_names),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_filter_and_order),
		cmocka_unit_test(test_all_types),
		cmocka_unit_test(test_figures),
		cmocka_unit_test(test_size_is_stable),
		cmocka_unit_test(test_hostile_input),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
