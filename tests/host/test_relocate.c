/* SPDX-License-Identifier: MIT */
/*
 * test_relocate.c: phase 7 of the loader (relocate.c): each formula at the edges of its range, each
 * refusal with its words; then the whole way through the pure phases, with every byte of a good
 * file changed in turn.
 */
#include "module_file.h"

#define MODULES 0xffffffffc0000000ULL /* where the module would be */

/* --- one field --- */

struct field {
	int err;
	u64 result;
	u8 bytes[12]; /* the field is in the middle: bytes 2 to 9 */
};

static struct field apply(u32 type, u64 place, u64 target)
{
	struct field f = {0};

	f.err = reloc_apply(reloc_kind(type), f.bytes + 2, place, target, &f.result);
	return f;
}

/* Accepted, and written in full without touching the neighbours. */
static void fits(u32 type, u64 place, u64 target, u64 expected)
{
	struct field f = apply(type, place, target);
	u8 image[12] = {0};

	assert_int_equal(f.err, 0);
	assert_int_equal(f.result, expected);
	memcpy(image + 2, &expected, reloc_kind(type)->width);
	assert_memory_equal(f.bytes, image, sizeof(image));
}

static void overflows(u32 type, u64 place, u64 target)
{
	static const u8 untouched[12];
	struct field f = apply(type, place, target);

	assert_int_equal(f.err, -ERANGE);
	assert_memory_equal(f.bytes, untouched, sizeof(untouched));
}

static void test_64(void **state)
{
	(void)state;
	fits(R_X86_64_64, 123, 0, 0);
	fits(R_X86_64_64, 123, ~0ULL, ~0ULL);
	fits(R_X86_64_64, 123, MODULES + 5, MODULES + 5);
}

static void test_32(void **state)
{
	(void)state;
	fits(R_X86_64_32, 123, 0, 0);
	fits(R_X86_64_32, 123, 0xffffffff, 0xffffffff);
	overflows(R_X86_64_32, 123, 0x100000000);
	overflows(R_X86_64_32, 123, ~0ULL);
	overflows(R_X86_64_32, 123, MODULES);
}

static void test_32s(void **state)
{
	(void)state;
	fits(R_X86_64_32S, 123, 0x7fffffff, 0x7fffffff);
	overflows(R_X86_64_32S, 123, 0x80000000);
	fits(R_X86_64_32S, 123, 0xffffffff80000000, 0xffffffff80000000);
	overflows(R_X86_64_32S, 123, 0xffffffff7fffffff);
	fits(R_X86_64_32S, 123, ~0ULL, ~0ULL);
	fits(R_X86_64_32S, 123, MODULES, MODULES);
}

static void test_pc32(void **state)
{
	static const u32 types[] = {R_X86_64_PC32, R_X86_64_PLT32};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(types); i++) {
		fits(types[i], MODULES, MODULES + 4, 4);
		fits(types[i], MODULES + 4, MODULES, (u64)-4);
		fits(types[i], MODULES, MODULES + 0x7fffffff,
		     0x7fffffff); /* wraps to low addresses */
		overflows(types[i], MODULES, MODULES + 0x80000000);
		fits(types[i], MODULES, MODULES - 0x80000000, 0xffffffff80000000);
		overflows(types[i], MODULES, MODULES - 0x80000001);
		overflows(types[i], MODULES, 0x7fff00000000);
	}
}

static void test_pc64(void **state)
{
	(void)state;
	fits(R_X86_64_PC64, MODULES, MODULES - 1, ~0ULL);
	fits(R_X86_64_PC64, MODULES, 0, 0 - MODULES);
	fits(R_X86_64_PC64, 0, ~0ULL, ~0ULL);
}

static void test_none(void **state)
{
	static const u64 targets[] = {0, 5, MODULES, ~0ULL};
	struct field f = {.bytes = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}};
	const struct field before = f;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(targets); i++) {
		assert_int_equal(
			reloc_apply(reloc_kind(R_X86_64_NONE), f.bytes, 0, targets[i], &f.result),
			0);
		assert_memory_equal(f.bytes, before.bytes, sizeof(f.bytes));
	}
}

static void test_field_must_be_zero(void **state)
{
	static const u32 types[] = {R_X86_64_64,    R_X86_64_32,   R_X86_64_32S,
				    R_X86_64_PLT32, R_X86_64_PC32, R_X86_64_PC64};
	size_t i;
	int byte;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(types); i++) {
		const struct reloc_kind *kind = reloc_kind(types[i]);

		for (byte = 0; byte <= kind->width; byte++) {
			struct field f = {0};

			f.bytes[byte] = 1;
			/* The byte behind the field is somebody else's. */
			f.err = reloc_apply(kind, f.bytes, 1, 1, &f.result);
			assert_int_equal(f.err, byte < kind->width ? -EEXIST : 0);
		}
	}
}

static void test_kinds(void **state)
{
	(void)state;
	assert_string_equal(reloc_kind(R_X86_64_PLT32)->name, "R_X86_64_PLT32");
	assert_string_equal(reloc_kind(42)->name, "R_X86_64_REX_GOTPCRELX");
	assert_int_equal(reloc_kind(42)->width, 0);
	assert_null(reloc_kind(4242));
}

/* --- a file --- */

/* Where the sections would be in a kernel; the bytes are here. */
static void place(struct load *ld)
{
	unsigned int i;

	for (i = 0; i < ld->elf.header->e_shnum; i++) {
		const Elf64_Shdr *section = ld->elf.sections + i;

		if (ld->plan[i].kind == MOD_INVALID)
			continue;
		ld->plan[i].address = MODULES + ld->plan[i].kind * 0x100000 + ld->plan[i].offset;
		ld->plan[i].bytes = calloc(1, section->sh_size);
		if (section_has_bytes(section))
			memcpy(ld->plan[i].bytes, section_data(ld, i), section->sh_size);
	}
}

/* In place of resolve.c: what is outside is in the kernel. */
static void resolve(struct load *ld)
{
	unsigned int i;

	ld->values = calloc(ld->elf.symbol_count, sizeof(*ld->values));
	for (i = 1; i < ld->elf.symbol_count; i++) {
		const Elf64_Sym *symbol = ld->elf.symbols + i;

		if (symbol->st_shndx == SHN_UNDEF)
			ld->values[i] = 0xffffffff80100000;
		else if (symbol->st_shndx < ld->elf.header->e_shnum)
			ld->values[i] = ld->plan[symbol->st_shndx].address + symbol->st_value;
		else
			ld->values[i] = symbol->st_value;
	}
}

static u64 planned_bytes(const struct load *ld)
{
	u64 bytes = 0;
	unsigned int kind;

	for (kind = 0; kind < MOD_MEM_NUM_TYPES; kind++)
		if (__builtin_add_overflow(bytes, ld->blocks[kind].size, &bytes))
			return ~0ULL;
	return bytes;
}

/* All pure phases. What a kernel would have no memory for ends after the plan. */
static int link_file(const struct module_file *file, struct load *ld)
{
	int err;

	*ld = load_of(file);
	err = elf_verify(ld);
	err = err ?: info_read(ld);
	err = err ?: layout_plan(ld);
	if (err || planned_bytes(ld) > 1 << 20)
		return err ?: -ENOMEM;
	place(ld);
	resolve(ld);
	return relocate_sections(ld);
}

static void end(struct module_file *file, struct load *ld)
{
	unsigned int i;

	for (i = 0; ld->plan && i < ld->elf.header->e_shnum; i++)
		free(ld->plan[i].bytes);
	free_load(ld);
	free_file(file);
}

static void test_good_file(void **state)
{
	struct module_file file = good_file();
	struct load ld;
	u64 text = MODULES, data = MODULES + 0x100000;
	s32 call, sign_extended;
	u64 pointer;

	(void)state;
	assert_int_equal(link_file(&file, &ld), 0);
	assert_string_equal(logged, "");
	memcpy(&call, ld.plan[TEXT].bytes, 4);
	memcpy(&pointer, ld.plan[TEXT].bytes + 8, 8);
	memcpy(&sign_extended, ld.plan[TEXT].bytes + 28, 4);
	assert_true(text + 4 + call == 0xffffffff80100000);
	assert_int_equal(pointer, data + 8 + 4);
	assert_int_equal((u64)sign_extended, data + 8);
	end(&file, &ld);
}

#define RELA(f, i) (((Elf64_Rela *)file_data(&(f), RELA_TEXT))[i])

/* Changes a good file by the statements behind @text; phase 7 must refuse it with that text. */
#define REFUSED(text, ...)                                                                         \
	do {                                                                                       \
		struct module_file f = good_file();                                                \
		struct load ld;                                                                    \
		__VA_ARGS__;                                                                       \
		assert_int_equal(link_file(&f, &ld), -ENOEXEC);                                    \
		if (!strstr(logged, text))                                                         \
			fail_msg("expected \"%s\", logged \"%s\"", text, logged);                  \
		end(&f, &ld);                                                                      \
	} while (0)

static void test_refusals(void **state)
{
	(void)state;
	REFUSED("good: Unknown rela relocation: 42\n"
		"good: R_X86_64_REX_GOTPCRELX of 'data_symbol'+4, in section .text at 0x8: "
		"compile with -fno-pic -mcmodel=kernel\n",
		RELA(f, 1).r_info = RELA_INFO(SYM_DATA, 42));
	REFUSED("good: Unknown rela relocation: 4242\ngood: relocation of 'data_symbol'+4, ",
		RELA(f, 1).r_info = RELA_INFO(SYM_DATA, 4242));
	REFUSED("overflow in relocation type 10 val ffffffffc010000c\n"
		"`good' likely not compiled with -mcmodel=kernel\n"
		"good: R_X86_64_32 of 'data_symbol'+4, in section .text at 0x8\n",
		RELA(f, 1).r_info = RELA_INFO(SYM_DATA, R_X86_64_32));
	REFUSED("x86/modules: Invalid relocation target, existing value is nonzero for type 1, "
		"loc ",
		((u8 *)file_data(&f, TEXT))[15] = 1);
	REFUSED("of '.debug_info'+0, in section .text at 0x0: the symbol's section is not loaded\n",
		((Elf64_Sym *)file_data(&f, SYMTAB))[SYM_SECTION].st_shndx = DEBUG;
		RELA(f, 0) = (Elf64_Rela){0, RELA_INFO(SYM_SECTION, R_X86_64_PC32), 0});
}

static void test_this_module_is_ours(void **state)
{
	const size_t init = offsetof(struct module, init), list = offsetof(struct module, list);
	struct module_file file = good_file();
	struct load ld;

	(void)state;
	file.sections[RELA_TEXT].sh_info = SELF;
	file.sections[RELA_TEXT].sh_size = sizeof(Elf64_Rela);
	RELA(file, 0) = (Elf64_Rela){init, RELA_INFO(SYM_SECTION, R_X86_64_64), 0};
	assert_int_equal(link_file(&file, &ld), 0);
	end(&file, &ld);
	REFUSED("in section .gnu.linkonce.this_module at 0x8: the file may set init and exit only",
		f.sections[RELA_TEXT].sh_info = SELF;
		f.sections[RELA_TEXT].sh_size = sizeof(Elf64_Rela);
		RELA(f, 0) = (Elf64_Rela){list, RELA_INFO(SYM_SECTION, R_X86_64_64), 0});
}

/* The sanitizers are the judges: whatever comes of it, no byte outside is touched. */
static void test_every_byte_changed(void **state)
{
	static const u8 changes[] = {0x01, 0x80, 0xff};
	struct module_file original = good_file();
	size_t at, i, refused = 0, accepted = 0;

	(void)state;
	for (at = 0; at < original.len; at++) {
		for (i = 0; i < sizeof(changes); i++) {
			struct module_file file = good_file();
			struct load ld;
			int err;

			file.bytes[at] ^= changes[i];
			err = link_file(&file, &ld);
			/* A refusal is never silent. */
			assert_true(err == 0 || err == -ENOMEM || *logged);
			refused += err != 0;
			accepted += err == 0;
			end(&file, &ld);
		}
	}
	assert_true(refused > 0 && accepted > 0);
	free_file(&original);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_64),
		cmocka_unit_test(test_32),
		cmocka_unit_test(test_32s),
		cmocka_unit_test(test_pc32),
		cmocka_unit_test(test_pc64),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_field_must_be_zero),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_good_file),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_this_module_is_ours),
		cmocka_unit_test(test_every_byte_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
