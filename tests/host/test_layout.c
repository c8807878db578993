/* SPDX-License-Identifier: MIT */
/*
 * test_layout.c: phase 3 of the loader (layout.c): each section gets the kind of memory that its
 * flags and name ask for, at its alignment, in the file's order, and without touching another.
 */
#include "module_file.h"

#include "libc.h"

#define AX  (SHF_ALLOC | SHF_EXECINSTR)
#define WA  (SHF_ALLOC | SHF_WRITE)
#define WAX (SHF_ALLOC | SHF_WRITE | SHF_EXECINSTR)

/* As far as the layout needs: headers and names. */
static struct load open_file(const struct module_file *file)
{
	struct load ld = load_of(file);

	assert_int_equal(elf_open(&ld), 0);
	ld.name = "file";
	return ld;
}

static enum mod_mem_type kind_of_section(const char *name, u32 type, u64 flags)
{
	const struct section_spec spec = {name, type, flags, 1, 4, NULL, 0, 0, 0};
	struct module_file file = make_file(&spec, 1);
	struct load ld = open_file(&file);
	enum mod_mem_type kind;

	assert_int_equal(layout_plan(&ld), 0);
	kind = ld.plan[1].kind;
	free_load(&ld);
	free_file(&file);
	return kind;
}

static void test_kinds(void **state)
{
	static const struct {
		const char *name;
		u32 type;
		u64 flags;
		enum mod_mem_type kind;
	} cases[] = {
		{".text", SHT_PROGBITS, AX, MOD_TEXT},
		{"odd", SHT_PROGBITS, AX, MOD_TEXT},
		{".exit.text", SHT_PROGBITS, AX, MOD_TEXT},
		{".init.text", SHT_PROGBITS, AX, MOD_INIT_TEXT},
		{".rodata.str1.1", SHT_PROGBITS, SHF_ALLOC, MOD_RODATA},
		{".note.gnu.build-id", 7, SHF_ALLOC, MOD_RODATA},
		{".init.rodata", SHT_PROGBITS, SHF_ALLOC, MOD_INIT_RODATA},
		{".data", SHT_PROGBITS, WA, MOD_DATA},
		{".bss", SHT_NOBITS, WA, MOD_DATA},
		{".init.data", SHT_PROGBITS, WA, MOD_INIT_DATA},
		{".data..ro_after_init", SHT_PROGBITS, WA, MOD_RO_AFTER_INIT},
		{".data..ro_after_init.x", SHT_PROGBITS, WA, MOD_DATA},
		{".initial", SHT_PROGBITS, WA, MOD_INIT_DATA}, /* as in Linux: the prefix counts */
		{"x.init", SHT_PROGBITS, WA, MOD_DATA},
		{"", SHT_PROGBITS, WA, MOD_DATA},
		{".debug_info", SHT_PROGBITS, 0, MOD_INVALID},
		{".comment", SHT_PROGBITS, SHF_WRITE, MOD_INVALID},
		{".text", SHT_NULL, AX, MOD_INVALID},
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(kind_of_section(cases[i].name, cases[i].type, cases[i].flags),
				 cases[i].kind);
}

static void test_write_and_execute(void **state)
{
	const struct section_spec specs[] = {
		{".data", SHT_PROGBITS, WA, 1, 4, NULL, 0, 0, 0},
		{".wx", SHT_PROGBITS, WAX, 1, 4, NULL, 0, 0, 0},
	};
	struct module_file file = make_file(specs, 2);
	struct load ld = open_file(&file);

	(void)state;
	assert_int_equal(layout_plan(&ld), -ENOEXEC);
	assert_string_equal(logged, "file: section .wx (index 2) has invalid WRITE|EXEC flags\n");
	free_load(&ld);

	/* Linux asks even those that take no memory. */
	file.sections[2].sh_flags = SHF_WRITE | SHF_EXECINSTR;
	assert_int_equal(layout_plan(&ld), -ENOEXEC);
	free_load(&ld);
	free_file(&file);
}

static void test_order_and_alignment(void **state)
{
	const struct section_spec specs[] = {
		{"a", SHT_PROGBITS, WA, 1, 3, NULL, 0, 0, 0},
		{"b", SHT_PROGBITS, WA, 8, 8, NULL, 0, 0, 0},
		{"c", SHT_PROGBITS, SHF_ALLOC, 4, 5, NULL, 0, 0, 0},
		{"d", SHT_PROGBITS, WA, 0, 1, NULL, 0, 0, 0},
		{"e", SHT_NOBITS, WA, 65536, 10, NULL, 0, 0, 0},
		{"f", SHT_PROGBITS, WA, 2, 0, NULL, 0, 0, 0},
	};
	static const u64 offsets[] = {0, 8, 0, 16, 65536, 65546};
	struct module_file file = make_file(specs, 6);
	struct load ld = open_file(&file);
	unsigned int i;

	(void)state;
	assert_int_equal(layout_plan(&ld), 0);
	for (i = 0; i < 6; i++)
		assert_int_equal(ld.plan[i + 1].offset, offsets[i]);
	assert_int_equal(ld.blocks[MOD_DATA].size, 65546);
	assert_int_equal(ld.blocks[MOD_DATA].align, 65536);
	assert_int_equal(ld.blocks[MOD_RODATA].size, 5);
	assert_int_equal(ld.blocks[MOD_TEXT].size, 0);
	free_load(&ld);
	free_file(&file);
}

static void refuse_sizes(u64 first, u64 second, u64 align)
{
	const struct section_spec specs[] = {
		{"a", SHT_NOBITS, WA, 1, first, NULL, 0, 0, 0},
		{"b", SHT_NOBITS, WA, align, second, NULL, 0, 0, 0},
	};
	struct module_file file = make_file(specs, 2);
	struct load ld = open_file(&file);

	assert_int_equal(layout_plan(&ld), -ENOEXEC);
	assert_non_null(strstr(logged, "file: section b ("));
	assert_non_null(strstr(logged, "does not fit into memory"));
	free_load(&ld);
	free_file(&file);
}

static void test_sums_that_wrap(void **state)
{
	(void)state;
	refuse_sizes(1, ~0ULL, 1);
	refuse_sizes(~0ULL, 1, 1);
	refuse_sizes(~0ULL - 6, 1, 16);
	refuse_sizes((1ULL << 63) + 1, 1, 1ULL << 63);
}

static int overlaps(const struct load *ld, unsigned int i, unsigned int j)
{
	const struct section_plan *a = ld->plan + i, *b = ld->plan + j;

	return a->kind == b->kind && a->offset < b->offset + ld->elf.sections[j].sh_size &&
	       b->offset < a->offset + ld->elf.sections[i].sh_size;
}

static void check_plan(const struct load *ld, unsigned int count)
{
	unsigned int i, j;

	for (i = 1; i <= count; i++) {
		const struct section_plan *plan = ld->plan + i;
		u64 align = ld->elf.sections[i].sh_addralign;

		if (plan->kind == MOD_INVALID)
			continue;
		assert_int_equal(align ? plan->offset % align : 0, 0);
		assert_true(align <= ld->blocks[plan->kind].align);
		assert_true(plan->offset + ld->elf.sections[i].sh_size <=
			    ld->blocks[plan->kind].size);
		for (j = 1; j < i; j++)
			assert_false(overlaps(ld, i, j));
	}
}

static void test_any_sections(void **state)
{
	static const u64 flags[] = {AX, WA, SHF_ALLOC, 0};
	static const char *const names[] = {"x", ".init.x", ".data..ro_after_init"};
	unsigned long long seed = 1;
	unsigned int round, i;

	(void)state;
	for (round = 0; round < 500; round++) {
		struct section_spec specs[FILE_SECTIONS - 2];
		struct module_file file;
		struct load ld;

		for (i = 0; i < ARRAY_SIZE(specs); i++)
			specs[i] = (struct section_spec){
				.name = names[next_random(&seed) % ARRAY_SIZE(names)],
				.type = SHT_NOBITS,
				.flags = flags[next_random(&seed) % ARRAY_SIZE(flags)],
				.align = next_random(&seed) % 4 ? 1ULL << next_random(&seed) % 18
								: 0,
				.size = next_random(&seed) % 5000,
			};
		file = make_file(specs, ARRAY_SIZE(specs));
		ld = open_file(&file);
		assert_int_equal(layout_plan(&ld), 0);
		check_plan(&ld, ARRAY_SIZE(specs));
		free_load(&ld);
		free_file(&file);
	}
}

/* As readelf spells them. */
static void test_spellings(void **state)
{
	static const struct {
		u64 flags;
		const char *text;
	} cases[] = {{0, ""},	  {AX, "AX"},	     {WA, "WA"},   {0x32, "AMS"},
		     {0x40, "I"}, {0xf7, "WAXMSIL"}, {0x800, "C"}, {~0ULL, "WAXMSILOGTC"}};
	static const u8 bytes[] = {0x81, 0x21, 0, 0, 1, 2, 3, 0xff};
	char flags[SECTION_FLAGS_SIZE], text[BYTES_TEXT_SIZE];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(section_flags_text(cases[i].flags, flags), cases[i].text);
	assert_string_equal(section_type_text(SHT_PROGBITS), "PROGBITS");
	assert_string_equal(section_type_text(SHT_NOBITS), "NOBITS");
	assert_string_equal(section_type_text(14), "INIT_ARRAY");
	assert_string_equal(section_type_text(0x6ffffff5), "?");
	assert_string_equal(bytes_text(bytes, 0, text), "");
	assert_string_equal(bytes_text(bytes, 4, text), "81 21 00 00");
	assert_string_equal(bytes_text(bytes, 8, text), "81 21 00 00 01 02 03 ff");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_write_and_execute),
		cmocka_unit_test(test_order_and_alignment),
		cmocka_unit_test(test_sums_that_wrap),
		cmocka_unit_test(test_any_sections),
		cmocka_unit_test(test_spellings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
