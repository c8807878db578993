/* SPDX-License-Identifier: MIT */
/*
 * test_debugger.c: kernel/module/debugger.c on a module made by hand: which sections are in the list
 * for debuggers, that it outlives the file, and that it is given back, also when there is no memory.
 */
#include "module_file.h"

#include "libc.h"

#define WINDOW 0xffffffffc0000000UL

struct world {
	struct module_file file;
	struct load ld;
	struct module mod;
	struct module_private priv;
};

static char long_name[257], longest_name[256]; /* 256 and 255 characters */

enum { TEXT_AT = 1, EMPTY_AT, BSS_AT, DEBUG_AT, LONG_AT, LONGEST_AT, TWICE_AT, TWICE_TOO_AT, LAST };

static void world_make(struct world *w)
{
	const struct section_spec specs[] = {
		{".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, 16, 32, NULL, 0, 0, 0},
		{".empty", SHT_PROGBITS, SHF_ALLOC, 1, 0, NULL, 0, 0, 0},
		{".bss", SHT_NOBITS, SHF_ALLOC | SHF_WRITE, 1, 4, NULL, 0, 0, 0},
		{".debug", SHT_PROGBITS, 0, 1, 4, NULL, 0, 0, 0},
		{long_name, SHT_PROGBITS, SHF_ALLOC, 1, 4, NULL, 0, 0, 0},
		{longest_name, SHT_PROGBITS, SHF_ALLOC, 1, 4, NULL, 0, 0, 0},
		{".twice", SHT_PROGBITS, SHF_ALLOC, 1, 4, NULL, 0, 0, 0},
		{".twice", SHT_PROGBITS, SHF_ALLOC, 1, 4, NULL, 0, 0, 0},
	};

	memset(w, 0, sizeof(*w));
	memset(long_name, 'l', sizeof(long_name) - 1);
	memset(longest_name, 'm', sizeof(longest_name) - 1);
	w->file = make_file(specs, ARRAY_SIZE(specs));
	w->ld = load_of(&w->file);
	assert_int_equal(elf_open(&w->ld), 0);
	assert_int_equal(layout_plan(&w->ld), 0);
	for (unsigned int i = 1; i < LAST; i++)
		w->ld.plan[i].address = WINDOW + 0x100 * i;
	strcpy(w->mod.name, "mine");
	w->mod.priv = &w->priv;
	w->ld.mod = &w->mod;
	w->ld.name = w->mod.name;
	forget_log();
}

/* What is left of a load when the module lives. */
static void file_free(struct world *w)
{
	kfree(w->ld.plan);
	w->ld.plan = NULL;
	free_file(&w->file);
}

static void expect(const struct world *w, unsigned int row, const char *name, unsigned int at)
{
	assert_string_equal(w->priv.sections[row].name, name);
	assert_int_equal(w->priv.sections[row].address, WINDOW + 0x100 * at);
}

static void test_what_is_listed(void **state)
{
	struct world w;

	(void)state;
	world_make(&w);
	assert_int_equal(debugger_list_sections(&w.ld), 0);
	file_free(&w);
	/* In file order; neither what takes no memory nor a name that no compiler makes. */
	assert_int_equal(w.priv.section_count, 5);
	expect(&w, 0, ".text", TEXT_AT);
	expect(&w, 1, ".bss", BSS_AT);
	expect(&w, 2, longest_name, LONGEST_AT);
	expect(&w, 3, ".twice", TWICE_AT);
	expect(&w, 4, ".twice", TWICE_TOO_AT);
	debugger_free(&w.mod);
	assert_int_equal(live_blocks, 0);
}

static void test_no_memory(void **state)
{
	struct world w;

	(void)state;
	world_make(&w);
	fail_at = allocations + 1;
	assert_int_equal(debugger_list_sections(&w.ld), -ENOMEM);
	fail_at = 0;
	assert_string_equal(logged, "mine: no memory to list 5 sections\n");
	assert_int_equal(w.priv.section_count, 0);
	debugger_free(&w.mod);
	file_free(&w);
	assert_int_equal(live_blocks, 0);
}

/* A load that ended before: there is nothing to give back. */
static void test_never_listed(void **state)
{
	struct module_private priv = {0};
	struct module mod = {.priv = &priv};

	(void)state;
	debugger_free(&mod);
	assert_int_equal(live_blocks, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_listed),
		cmocka_unit_test(test_no_memory),
		cmocka_unit_test(test_never_listed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
