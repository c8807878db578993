/* SPDX-License-Identifier: MIT */
/*
 * test_kallsyms_tool.c: tools/kallsyms as a command: which symbols of nm's list it takes, in which
 * order, what it says of a table's size, and what it refuses. diff, size and grep judge.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "kallsyms_tool.h"

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
		cmocka_unit_test(test_filter_and_order), cmocka_unit_test(test_all_types),
		cmocka_unit_test(test_figures),		 cmocka_unit_test(test_size_is_stable),
		cmocka_unit_test(test_hostile_input),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
