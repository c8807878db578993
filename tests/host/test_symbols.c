/* SPDX-License-Identifier: MIT */
/*
 * test_symbols.c: kernel/sym/kallsyms.c and sprint.c: what an address or a name is answered, with a
 * kernel and a module made up here. Their memory is two arrays of this program, which is linked to
 * low addresses: so they fit the 32 bits of the table. The table is made by hand: one block, one
 * code a character, no pairs.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "lib/lib.h"
#include "sym/lookup.h"
#include "sym/table.h"

#include <linux/sprintf.h>

#include "libc.h"

#define IMAGE_SIZE 256

char __text_start[IMAGE_SIZE];
asm(".globl __kernel_end\n.set __kernel_end, __text_start + 256");
static char module_image[64];

/* --- the kernel: "beep" and "alias" at 16, "last" at 64, in name order --- */

static const u64 texts[] = {1ULL << 56 | 'a', 1ULL << 56 | 'b', 1ULL << 56 | 'e', 1ULL << 56 | 'i',
			    1ULL << 56 | 'l', 1ULL << 56 | 'p', 1ULL << 56 | 's', 1ULL << 56 | 't',
			    1ULL << 56 | 'T', 1ULL << 56 | 'b'};
/* alias<T>, beep<T>, last<b>: each but the first shares 0 characters with the one before. */
static const u8 names[] = {0, 4, 3, 0, 6, 8, 0, 1, 2, 2, 5, 8, 0, 4, 0, 6, 7, 9};
static u32 addresses[3], steps[1];
static const u32 blocks[] = {0};
/* Ranks: beep (1), alias (0), last (2); 2 bits each, the lowest first. */
static const u8 by_rank[] = {1 | 0 << 2 | 2 << 4, 0, 0, 0};
const struct ksym_table kallsyms_table = {3, 2, 8, addresses, steps, by_rank, blocks, names, texts};

static int make_addresses(void **state)
{
	(void)state;
	addresses[0] = addresses[1] = steps[0] = (u32)(uintptr_t)(__text_start + 16);
	addresses[2] = (u32)(uintptr_t)(__text_start + 64);
	sym_init();
	return 0;
}

/* --- the module: "go" at its beginning --- */

int module_sym_by_address(unsigned long address, struct ksym_place *place)
{
	unsigned long start = (unsigned long)module_image;

	if (address < start || address - start >= sizeof(module_image))
		return -ENOENT;
	LIBC(strcpy)(place->name, "go");
	place->start = start;
	place->offset = address - start;
	place->size = sizeof(module_image);
	place->module = "mod";
	return 0;
}

unsigned long module_sym_by_name(const char *name, const char *module, size_t module_len)
{
	if (LIBC(strcmp)(name, "go"))
		return 0;
	if (module && (module_len != 3 || LIBC(strncmp)(module, "mod", 3)))
		return 0;
	return (unsigned long)module_image;
}

int module_sym_each(int (*fn)(const struct ksym *sym, void *data), void *data)
{
	struct ksym sym = {(unsigned long)module_image, 't', "go", "mod"};

	return fn(&sym, data);
}

int module_sym_each_called(const char *name, int (*fn)(const struct ksym *sym, void *data),
			   void *data, unsigned int *probes)
{
	++*probes;
	return LIBC(strcmp)(name, "go") ? 0 : module_sym_each(fn, data);
}

/* --- the tests --- */

static unsigned long at(unsigned int offset)
{
	return (unsigned long)(__text_start + offset);
}

static void test_names(void **state)
{
	(void)state;
	assert_int_equal(kallsyms_lookup_name("beep"), at(16));
	assert_int_equal(kallsyms_lookup_name("alias"), at(16));
	assert_int_equal(kallsyms_lookup_name("last"), at(64));
	assert_int_equal(kallsyms_lookup_name("las"), 0);
	assert_int_equal(kallsyms_lookup_name(""), 0);
	assert_int_equal(kallsyms_lookup_name("go"), (unsigned long)module_image);
	assert_int_equal(kallsyms_lookup_name("mod:go"), (unsigned long)module_image);
	assert_int_equal(kallsyms_lookup_name("mo:go"), 0);
	assert_int_equal(kallsyms_lookup_name("mod:beep"), 0);
}

static void expect_place(unsigned long address, const char *name, unsigned long offset,
			 unsigned long size, const char *module)
{
	char found[KSYM_NAME_LEN], *modname;
	unsigned long its_size, its_offset;

	assert_ptr_equal(kallsyms_lookup(address, &its_size, &its_offset, &modname, found), found);
	assert_string_equal(found, name);
	assert_int_equal(its_size, size);
	assert_int_equal(its_offset, offset);
	assert_int_equal(modname == NULL, module == NULL);
	if (module)
		assert_string_equal(modname, module);
	its_size = its_offset = 0;
	assert_int_equal(kallsyms_lookup_size_offset(address, &its_size, &its_offset), 1);
	assert_int_equal(its_size, size);
	assert_int_equal(its_offset, offset);
	assert_int_equal(lookup_symbol_name(address, found), 0);
	assert_string_equal(found, name);
	assert_int_equal(lookup_module_symbol_name(address, found), module ? 0 : -ERANGE);
}

static void test_places(void **state)
{
	char found[KSYM_NAME_LEN];

	(void)state;
	/* The first byte of a symbol is its own; the last one too. */
	expect_place(at(16), "beep", 0, 48, NULL);
	expect_place(at(63), "beep", 47, 48, NULL);
	expect_place(at(64), "last", 0, IMAGE_SIZE - 64, NULL);
	expect_place(at(IMAGE_SIZE - 1), "last", IMAGE_SIZE - 65, IMAGE_SIZE - 64, NULL);
	expect_place((unsigned long)module_image + 5, "go", 5, 64, "mod");
	/* Pointers that do not matter may be NULL. */
	assert_ptr_equal(kallsyms_lookup(at(17), NULL, NULL, NULL, found), found);
	/* Before the first symbol, before the kernel, and behind it, there is none. */
	assert_null(kallsyms_lookup(at(15), NULL, NULL, NULL, found));
	assert_null(kallsyms_lookup(at(0) - 1, NULL, NULL, NULL, found));
	assert_int_equal(kallsyms_lookup_size_offset(0, NULL, NULL), 0);
	assert_int_equal(lookup_symbol_name(~0UL, found), -ERANGE);
	assert_int_equal(lookup_module_symbol_name(0, found), -ERANGE);
}

static void expect_text(const char *expected, const char *format, unsigned long address)
{
	char text[KSYM_SYMBOL_LEN];

	snprintf(text, sizeof(text), format, (void *)address);
	assert_string_equal(text, expected);
}

static void test_texts(void **state)
{
	char text[KSYM_SYMBOL_LEN];

	(void)state;
	expect_text("beep+0x5/0x30", "%pS", at(21));
	expect_text("beep", "%ps", at(21));
	expect_text("go+0x0/0x40 [mod]", "%pS", (unsigned long)module_image);
	expect_text("go [mod]", "%ps", (unsigned long)module_image + 9);
	/* A return address behind the last instruction of beep() is still beep()'s. */
	expect_text("last+0x0/0xc0", "%pS", at(64));
	expect_text("beep+0x30/0x30", "%pB", at(64));
	expect_text("go+0x40/0x40 [mod]", "%pB", (unsigned long)module_image + 64);
	expect_text("0x10", "%pS", 16);
	expect_text("0x10", "%ps", 16);
	expect_text("0x10", "%pB", 16);
	expect_text("0000000000000010", "%px", 16);
	assert_int_equal(sprint_symbol(text, at(17)), LIBC(strlen)("beep+0x1/0x30"));
	assert_string_equal(text, "beep+0x1/0x30");
	assert_int_equal(sprint_symbol_no_offset(text, at(17)), 4);
	assert_string_equal(text, "beep");
	assert_int_equal(sprint_backtrace(text, at(17)), LIBC(strlen)("beep+0x1/0x30"));
}

struct seen {
	unsigned int count, stop;
	char list[64];
};

static int see(void *data, const char *name, struct module *mod, unsigned long address)
{
	struct seen *seen = data;

	assert_null(mod);
	assert_int_equal(address, kallsyms_lookup_name(name));
	LIBC(strcat)(LIBC(strcat)(seen->list, name), " ");
	return ++seen->count == seen->stop ? -7 : 0;
}

static int see_row(const struct ksym *sym, void *data)
{
	struct seen *seen = data;

	LIBC(strncat)(seen->list, &sym->type, 1);
	LIBC(strcat)(LIBC(strcat)(seen->list, sym->name), " ");
	return ++seen->count == seen->stop ? -7 : 0;
}

static void test_each(void **state)
{
	struct seen all = {0}, two = {.stop = 2}, rows = {0}, three = {.stop = 3};

	(void)state;
	assert_int_equal(kallsyms_on_each_symbol(see, &all), 0);
	assert_string_equal(all.list, "beep alias last ");
	assert_int_equal(kallsyms_on_each_symbol(see, &two), -7);
	assert_string_equal(two.list, "beep alias ");
	assert_int_equal(sym_each(see_row, &rows), 0);
	assert_string_equal(rows.list, "Tbeep Talias blast tgo ");
	assert_int_equal(sym_each(see_row, &three), -7);
	assert_string_equal(three.list, "Tbeep Talias blast ");
	assert_int_equal(sym_kernel_count(), 3);
}

static void test_each_called(void **state)
{
	struct seen alias = {0}, go = {.stop = 1}, none = {0};
	unsigned int probes = 0, before;

	(void)state;
	assert_int_equal(sym_each_called("alias", see_row, &alias, &probes), 0);
	assert_string_equal(alias.list, "Talias ");
	/* Halving three names, looking for the first and for those behind it, and one of the module. */
	assert_in_range(probes, 2, 6);
	before = probes;
	assert_int_equal(sym_each_called("go", see_row, &go, &probes), -7);
	assert_string_equal(go.list, "tgo ");
	assert_true(probes > before);
	assert_int_equal(sym_each_called("gone", see_row, &none, &probes), 0);
	assert_string_equal(none.list, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),	    cmocka_unit_test(test_places),
		cmocka_unit_test(test_texts),	    cmocka_unit_test(test_each),
		cmocka_unit_test(test_each_called),
	};

	return cmocka_run_group_tests(tests, make_addresses, NULL);
}
