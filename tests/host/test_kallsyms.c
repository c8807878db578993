/* SPDX-License-Identifier: MIT */
/*
 * test_kallsyms.c: the kernel's symbol table from end to end: tools/kallsyms writes it, the
 * assembler and the linker make an object of it, and kernel/sym/table.c reads it back.
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

#define TOOL  "build/tools/kallsyms"
#define COUNT 3000

struct entry {
	unsigned long address;
	char type;
	char name[64];
};

static unsigned long long seed = 1;
static char folder[] = "/tmp/test_kallsyms.XXXXXX";
static struct entry entries[COUNT];

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

/* The table made of the `nm` lines in file "nm", loaded into this process. */
static const struct ksym_table *load_table(void **handle)
{
	const struct ksym_table *table;

	assert_int_equal(run(TOOL " <%s >%s", path("nm"), path("t.S")), 0);
	assert_int_equal(run("gcc -c -o %s %s", path("t.o"), path("t.S")), 0);
	assert_int_equal(
		run("gcc -shared -nostdlib -Wl,-z,notext -o %s %s", path("t.so"), path("t.o")), 0);
	*handle = dlopen(path("t.so"), RTLD_NOW | RTLD_LOCAL);
	assert_non_null(*handle);
	table = dlsym(*handle, "kallsyms_table");
	assert_non_null(table);
	return table;
}

static int compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return x->address < y->address ? -1 : x->address > y->address;
}

/* Distinct addresses, low and high; names of many lengths that share beginnings. */
static void make_entries(void)
{
	FILE *f = fopen(path("nm"), "w");

	assert_non_null(f);
	for (int i = 0; i < COUNT; i++) {
		struct entry *e = &entries[i];

		e->address = (i < 10 ? 0x100000UL : 0xffffffff80000000UL) +
			     (unsigned long)i * 7919 % COUNT * 16;
		e->type = "tTdDrRbB"[next_random(&seed) % 8];
		LIBC(snprintf)
		(e->name, sizeof(e->name), "%s_%llu.%d",
		 &"sym_with_a_long_beginning"[next_random(&seed) % 20], next_random(&seed) % 100,
		 i);
		fprintf(f, "%016lx %c %s\n", e->address, e->type, e->name);
	}
	assert_int_equal(fclose(f), 0);
	qsort(entries, COUNT, sizeof(entries[0]), compare_entries);
}

static void check_entry(const struct ksym_table *table, u32 i)
{
	unsigned long end = i + 1 < COUNT ? entries[i + 1].address : entries[i].address + 100;
	char name[KSYM_NAME_LEN];
	u32 found;

	assert_int_equal(ksym_table_address(table, i), entries[i].address);
	assert_int_equal(ksym_table_name(table, i, name), entries[i].type);
	assert_string_equal(name, entries[i].name);
	assert_true(ksym_table_find(table, entries[i].name, &found));
	assert_int_equal(found, i);
	assert_int_equal(ksym_table_count_to(table, entries[i].address - 1), i);
	assert_int_equal(ksym_table_count_to(table, entries[i].address), i + 1);
	assert_int_equal(ksym_table_count_to(table, end - 1), i + 1);
	/* A longer and a shorter name are other names. */
	LIBC(strcat)(name, "x");
	assert_false(ksym_table_find(table, name, &found));
	name[LIBC(strlen)(name) - 2] = '\0';
	assert_false(ksym_table_find(table, name, &found) && found == i);
}

static void test_round_trip(void **state)
{
	const struct ksym_table *table;
	void *handle;
	u32 found;

	(void)state;
	make_entries();
	table = load_table(&handle);
	assert_int_equal(table->count, COUNT);
	for (u32 i = 0; i < COUNT; i++)
		check_entry(table, i);
	assert_int_equal(ksym_table_count_to(table, 0), 0);
	assert_int_equal(ksym_table_count_to(table, ~0UL), COUNT);
	assert_false(ksym_table_find(table, "", &found));
	assert_false(ksym_table_find(table, "zzz", &found));
	dlclose(handle);
}

static void test_empty(void **state)
{
	const struct ksym_table *table;
	void *handle;
	u32 found;

	(void)state;
	write_file("nm", "", 0);
	table = load_table(&handle);
	assert_int_equal(table->count, 0);
	assert_int_equal(ksym_table_count_to(table, ~0UL), 0);
	assert_false(ksym_table_find(table, "x", &found));
	dlclose(handle);
	assert_int_equal(run(TOOL " --empty </dev/null | cmp -s - %s", path("t.S")), 0);
}

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
	REFUSED("ffff888000000000 T a\n", "lowest or highest 2 GiB");
	LIBC(memset)(line, 'x', sizeof(line));
	LIBC(memcpy)(line, "ffffffff80000000 T ", 19);
	expect_refusal(line, 19 + KSYM_NAME_LEN, "the kernel takes 511");
	write_file("nm", line, 19 + KSYM_NAME_LEN - 1);
	assert_int_equal(run(TOOL " <%s >/dev/null", path("nm")), 0);
	assert_int_equal(run(TOOL " --nonsense 2>/dev/null"), 1);
	assert_int_equal(
		run("printf '%%s\\n' 'ffffffff80000000 T a' | " TOOL " 2>/dev/null >/dev/full"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),	 cmocka_unit_test(test_empty),
		cmocka_unit_test(test_filter_and_order), cmocka_unit_test(test_size_is_stable),
		cmocka_unit_test(test_hostile_input),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
