/* SPDX-License-Identifier: MIT */
/*
 * test_version.c: was the module built for this kernel? The tables that say what it was built
 * against (version_table.c), the comparison with what is there (version.c), and the version magic
 * (vermagic.c).
 */
#include "module_file.h"
#include "module/exports.h"

/* --- what the rest of the loader would answer --- */

static const u32 here = 0x11111111;
static bool there; /* anything has an export */

bool find_symbol(struct find_symbol_arg *fsa)
{
	fsa->crc = &here;
	return there;
}

int try_to_force_load(struct load *ld, unsigned int flag, const char *reason)
{
	ld->forced = reason;
	return ld->flags & flag ? 0 : -ENOEXEC;
}

/* --- files --- */

struct row {
	u64 crc;
	char name[56];
};

/* A good file with three sections more: an empty one is left out. */
static struct module_file file_with(const void *basic, size_t basic_size, const void *crcs,
				    size_t crcs_size, const char *names, size_t names_size)
{
	struct module mod = {.name = "good"};
	const u64 wa = SHF_ALLOC | SHF_WRITE;
	const struct section_spec specs[] = {
		{".gnu.linkonce.this_module", SHT_PROGBITS, wa, 64, sizeof(mod), &mod, 0, 0, 0},
		{".modinfo", SHT_PROGBITS, SHF_ALLOC, 1, sizeof(GOOD_MODINFO), GOOD_MODINFO, 0, 0,
		 0},
		{".symtab", SHT_SYMTAB, 0, 8, sizeof(Elf64_Sym), NULL, 4, 0, sizeof(Elf64_Sym)},
		{".strtab", SHT_STRTAB, 0, 1, 1, NULL, 0, 0, 0},
		{basic ? "__versions" : "a", SHT_PROGBITS, SHF_ALLOC, 8, basic_size, basic, 0, 0,
		 0},
		{crcs ? "__version_ext_crcs" : "b", SHT_PROGBITS, SHF_ALLOC, 4, crcs_size, crcs, 0,
		 0, 0},
		{names ? "__version_ext_names" : "c", SHT_PROGBITS, SHF_ALLOC, 1, names_size, names,
		 0, 0, 0},
	};

	return make_file(specs, ARRAY_SIZE(specs));
}

struct open_file {
	struct module_file file;
	struct load ld;
	int err;
};

static struct open_file read_file(struct module_file file, unsigned int flags)
{
	struct open_file open = {.file = file};

	open.ld = load_of(&open.file);
	open.ld.flags = flags;
	assert_int_equal(elf_verify(&open.ld), 0);
	assert_int_equal(info_read(&open.ld), 0);
	open.err = versions_read(&open.ld);
	return open;
}

static struct open_file with_rows(const struct row *rows, size_t size)
{
	return read_file(file_with(rows, size, NULL, 0, NULL, 0), 0);
}

static void done(struct open_file *open)
{
	free_load(&open->ld);
	free_file(&open->file);
}

#define assert_says(text)                                                                          \
	do {                                                                                       \
		if (strcmp(logged, text))                                                          \
			fail_msg("expected \"%s\", logged \"%s\"", text, logged);                  \
	} while (0)

/* --- the tables --- */

static void test_rows(void **state)
{
	/* Not in order of names: nobody sorts what a compiler writes. */
	const struct row rows[] = {{3, "three"}, {1, "one"}, {2, "two"}, {4, ""}};
	struct open_file open = with_rows(rows, sizeof(rows));

	(void)state;
	assert_int_equal(open.err, 0);
	assert_true(open.ld.has_versions);
	assert_int_equal(version_find(&open.ld, "one")->crc, 1);
	assert_int_equal(version_find(&open.ld, "two")->crc, 2);
	assert_int_equal(version_find(&open.ld, "three")->crc, 3);
	assert_int_equal(version_find(&open.ld, "")->crc, 4);
	assert_null(version_find(&open.ld, "on"));
	assert_null(version_find(&open.ld, "ones"));
	done(&open);
}

static void test_no_table(void **state)
{
	struct open_file open = read_file(good_file(), 0);

	(void)state;
	assert_int_equal(open.err, 0);
	assert_false(open.ld.has_versions);
	assert_null(version_find(&open.ld, "outside"));
	done(&open);
}

/* Versions are not even looked at when they are to be ignored: as if there were none. */
static void test_ignored(void **state)
{
	const struct row rows[] = {{1, "one"}};
	struct open_file open = read_file(file_with(rows, sizeof(rows), NULL, 0, NULL, 0),
					  MODULE_INIT_IGNORE_MODVERSIONS);

	(void)state;
	assert_int_equal(open.err, 0);
	assert_false(open.ld.has_versions);
	done(&open);
}

static void test_broken_rows(void **state)
{
	struct row rows[2] = {{1, "one"}, {2, "two"}};
	struct open_file open = with_rows(rows, sizeof(rows) - 1);

	(void)state;
	assert_int_equal(open.err, -ENOEXEC);
	assert_says("good: __versions has 127 bytes, no whole number of 64-byte rows\n");
	done(&open);
	memset(rows[1].name, 'x', sizeof(rows[1].name));
	open = with_rows(rows, sizeof(rows));
	assert_int_equal(open.err, -ENOEXEC);
	assert_says("good: __versions row 1: the name has no end\n");
	done(&open);
}

/* The longest name that a row can hold. */
static void test_longest_name(void **state)
{
	struct row row = {7, ""};
	struct open_file open;

	(void)state;
	memset(row.name, 'x', sizeof(row.name) - 1);
	open = with_rows(&row, sizeof(row));
	assert_int_equal(open.err, 0);
	assert_int_equal(version_find(&open.ld, row.name)->crc, 7);
	done(&open);
}

static struct open_file with_extended(const u32 *crcs, size_t count, const char *names, size_t size)
{
	const struct row basic = {9, "one"};

	return read_file(file_with(&basic, sizeof(basic), crcs, count * sizeof(*crcs), names, size),
			 0);
}

#define LONG_NAME "a_name_that_is_longer_than_the_fifty_five_letters_of_a_row_of_versions"

static void test_extended(void **state)
{
	static const char names[] = LONG_NAME "\0one\0more";
	const u32 crcs[] = {5, 6};
	struct open_file open = with_extended(crcs, 2, names, sizeof(names));

	(void)state;
	assert_int_equal(open.err, 0);
	assert_int_equal(version_find(&open.ld, LONG_NAME)->crc, 5);
	assert_int_equal(version_find(&open.ld, "one")->crc, 6); /* not the row's 9 */
	assert_null(version_find(&open.ld, "more"));		 /* there is no CRC for it */
	done(&open);
}

static void test_broken_extended(void **state)
{
	const u32 crcs[] = {5, 6};
	struct open_file open = with_extended(crcs, 2, "one\0two", 7); /* two has no NUL */

	(void)state;
	assert_int_equal(open.err, -ENOEXEC);
	assert_says("good: more extended version crcs than names\n");
	done(&open);
	open = with_extended(crcs, 2, "one", 4);
	assert_int_equal(open.err, -ENOEXEC);
	done(&open);
	open = read_file(file_with(NULL, 0, crcs, sizeof(crcs), NULL, 0), 0);
	assert_int_equal(open.err, -ENOEXEC);
	assert_says("good: extended version crc+name presence does not match\n");
	done(&open);
	open = read_file(file_with(NULL, 0, NULL, 0, "one", 4), 0);
	assert_int_equal(open.err, -ENOEXEC);
	done(&open);
}

static void test_no_memory(void **state)
{
	const struct row rows[] = {{1, "one"}};
	struct module_file file = file_with(rows, sizeof(rows), NULL, 0, NULL, 0);
	struct load ld = load_of(&file);

	(void)state;
	assert_int_equal(elf_verify(&ld), 0);
	fail_at = allocations + 1;
	assert_int_equal(versions_read(&ld), -ENOMEM);
	fail_at = 0;
	assert_false(ld.has_versions);
	free_load(&ld);
	free_file(&file);
}

/* --- comparing --- */

static bool compare(struct load *ld, const char *name, const u32 *crc, struct module *owner)
{
	const struct find_symbol_arg fsa = {.name = name, .crc = crc, .owner = owner};

	forget_log();
	return check_version(ld, &fsa);
}

static void test_compare(void **state)
{
	const struct row rows[] = {{0x22222222, "same"}, {0x33333333, "other"}};
	const u32 same = 0x22222222, other = 0xabcd, none = 0;
	static struct module lender = {.name = "lender"};
	struct open_file open = with_rows(rows, sizeof(rows));

	(void)state;
	assert_true(compare(&open.ld, "same", &same, NULL));
	assert_says("");
	assert_false(compare(&open.ld, "other", &other, &lender));
	assert_says(
		"good: disagrees about version of symbol other\n"
		"good: other has version 0x0000abcd in lender, but good was built for 0x33333333: "
		"build good anew against lender's Module.symvers\n");
	assert_false(compare(&open.ld, "other", &other, NULL));
	assert_non_null(strstr(logged, "0x0000abcd in kernel,"));
	/* Who has no version is believed. */
	assert_true(compare(&open.ld, "other", &none, NULL));
	assert_true(compare(&open.ld, "other", NULL, NULL));
	assert_says("");
	/* Who is silent about one symbol as well; that is said once. */
	assert_true(compare(&open.ld, "absent", &other, NULL));
	assert_says("good: no symbol version for absent\n");
	assert_true(compare(&open.ld, "gone", &other, NULL));
	assert_says("");
	done(&open);
}

/* The same, of a module whose table has names of any length. */
static void test_compare_extended(void **state)
{
	static const char names[] = LONG_NAME "\0one";
	const u32 crcs[] = {5, 6}, five = 5;
	struct open_file open = with_extended(crcs, 2, names, sizeof(names));

	(void)state;
	assert_true(compare(&open.ld, LONG_NAME, &five, NULL));
	assert_says("");
	assert_true(compare(&open.ld, "absent", &five, NULL));
	assert_says("good: no extended symbol version for absent\n");
	assert_true(compare(&open.ld, "gone", &five, NULL));
	assert_says("");
	done(&open);
}

static void test_without_versions(void **state)
{
	struct open_file open = read_file(good_file(), 0);
	const u32 crc = 1;

	(void)state;
	assert_false(compare(&open.ld, "outside", &crc, NULL));
	open.ld.flags = MODULE_INIT_IGNORE_MODVERSIONS;
	assert_true(compare(&open.ld, "outside", &crc, NULL));
	assert_string_equal(open.ld.forced, "outside");
	done(&open);
}

static void test_module_layout(void **state)
{
	const struct row right[] = {{0x11111111, "module_layout"}},
			 wrong[] = {{2, "module_layout"}};
	struct open_file open = with_rows(right, sizeof(right));

	(void)state;
	there = true;
	assert_int_equal(check_modstruct_version(&open.ld), 0);
	done(&open);
	open = with_rows(wrong, sizeof(wrong));
	assert_int_equal(check_modstruct_version(&open.ld), -ENOEXEC);
	assert_non_null(strstr(logged, "good: disagrees about version of symbol module_layout\n"));
	there = false; /* a kernel without versions */
	assert_int_equal(check_modstruct_version(&open.ld), 0);
	done(&open);
	there = true;
	open = read_file(good_file(), 0);
	assert_int_equal(check_modstruct_version(&open.ld), -ENOEXEC);
	assert_says("good: has no versions of the symbols it uses: build it with this kernel's "
		    "configuration\n");
	done(&open);
}

/* --- version magic --- */

static int check_magic(const char *modinfo, size_t len, bool has_versions, unsigned int flags)
{
	struct module_file file = good_file_saying(modinfo, len);
	struct load ld = load_of(&file);
	int err;

	ld.flags = flags;
	ld.has_versions = has_versions;
	assert_int_equal(elf_verify(&ld), 0);
	assert_int_equal(info_read(&ld), 0);
	err = check_vermagic(&ld);
	if (flags)
		assert_string_equal(ld.forced, "bad vermagic");
	free_load(&ld);
	free_file(&file);
	return err;
}

#define MAGIC(text, ...) check_magic("vermagic=" text, sizeof("vermagic=" text), __VA_ARGS__)
/* What stands behind the release. */
#define OPTIONS (strchr(VERMAGIC_STRING, ' '))

static void test_vermagic(void **state)
{
	char modinfo[256];
	int len;

	(void)state;
	assert_int_equal(MAGIC(VERMAGIC_STRING, false, 0), 0);
	assert_int_equal(MAGIC("6.1.0 SMP ", false, 0), -ENOEXEC);
	assert_says("good: version magic '6.1.0 SMP ' should be '" VERMAGIC_STRING "'\n");
	assert_int_equal(check_magic("name=good", 10, false, 0), -ENOEXEC);
	assert_says("good: no version magic in .modinfo, it should be '" VERMAGIC_STRING "'\n");
	/* Versions say more about what fits than a release does; the options stay. */
	len = snprintf(modinfo, sizeof(modinfo), "vermagic=6.1.0%s", OPTIONS) + 1;
	assert_int_equal(check_magic(modinfo, len, true, 0), 0);
	assert_int_equal(check_magic(modinfo, len, false, 0), -ENOEXEC);
	assert_int_equal(MAGIC("6.1.0 SMP ", true, 0), -ENOEXEC);
	assert_int_equal(MAGIC("6.1.0", true, 0), -ENOEXEC);
	assert_int_equal(MAGIC("", true, 0), -ENOEXEC);
}

/* Who is told not to look, taints, whatever there was to see. */
static void test_forced_vermagic(void **state)
{
	(void)state;
	assert_int_equal(MAGIC("6.1.0 SMP ", false, MODULE_INIT_IGNORE_VERMAGIC), 0);
	assert_int_equal(MAGIC(VERMAGIC_STRING, false, MODULE_INIT_IGNORE_VERMAGIC), 0);
	assert_int_equal(check_magic("name=good", 10, false, MODULE_INIT_IGNORE_VERMAGIC), 0);
	assert_says("");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_no_table),
		cmocka_unit_test(test_ignored),
		cmocka_unit_test(test_broken_rows),
		cmocka_unit_test(test_longest_name),
		cmocka_unit_test(test_extended),
		cmocka_unit_test(test_broken_extended),
		cmocka_unit_test(test_no_memory),
		cmocka_unit_test(test_compare),
		cmocka_unit_test(test_compare_extended),
		cmocka_unit_test(test_without_versions),
		cmocka_unit_test(test_module_layout),
		cmocka_unit_test(test_vermagic),
		cmocka_unit_test(test_forced_vermagic),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
