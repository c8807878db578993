/* SPDX-License-Identifier: MIT */
/*
 * test_elf.c: phase 1 of the loader (elf.c, elf_tables.c): a good file passes, one field changed
 * makes each refusal, and neither a file cut anywhere nor one with any byte changed leads astray.
 */
#include "module_file.h"

#include <linux/kernel.h>

static int verify(const struct module_file *file)
{
	struct load ld = load_of(file);

	return elf_verify(&ld);
}

/* Changes a good file by the statements behind @text; it must then be refused with that text. */
#define REFUSED(text, ...)                                                                         \
	do {                                                                                       \
		struct module_file f = good_file();                                                \
		__VA_ARGS__;                                                                       \
		assert_int_equal(verify(&f), -ENOEXEC);                                            \
		if (!strstr(logged, text))                                                         \
			fail_msg("expected \"%s\", logged \"%s\"", text, logged);                  \
		free_file(&f);                                                                     \
	} while (0)

#define ACCEPTED(...)                                                                              \
	do {                                                                                       \
		struct module_file f = good_file();                                                \
		__VA_ARGS__;                                                                       \
		assert_int_equal(verify(&f), 0);                                                   \
		assert_string_equal(logged, "");                                                   \
		free_file(&f);                                                                     \
	} while (0)

#define SYMBOL(f, i) (((Elf64_Sym *)file_data(&(f), SYMTAB))[i])
#define RELA(f, i)   (((Elf64_Rela *)file_data(&(f), RELA_TEXT))[i])

static void test_good(void **state)
{
	struct module_file file = good_file();
	struct load ld = load_of(&file);

	(void)state;
	assert_int_equal(elf_verify(&ld), 0);
	assert_string_equal(logged, "");
	assert_string_equal(ld.name, "good");
	assert_int_equal(ld.elf.symbol_count, GOOD_SYMBOLS);
	assert_int_equal(ld.elf.this_module, SELF);
	assert_int_equal(ld.elf.modinfo, MODINFO);
	assert_string_equal(symbol_name(&ld, SYM_OUTSIDE), "outside");
	assert_string_equal(section_name(&ld, BSS), ".bss");
	free_file(&file);
}

static void test_header(void **state)
{
	(void)state;
	REFUSED("Invalid ELF header len 0\n", f.len = 0);
	REFUSED("Invalid ELF header len 63\n", f.len = 63);
	REFUSED("Invalid ELF header magic: != \177ELF\n", f.header->e_ident[0] = 0x7e);
	REFUSED("Invalid ELF header magic: != \177ELF\n", f.header->e_ident[3] = 'f');
	REFUSED("Invalid ELF header type: 2 != 1\n", f.header->e_type = 2);
	REFUSED("Invalid architecture in ELF header: 3\n", f.header->e_machine = 3);
	REFUSED("not 64-bit little-endian", f.header->e_ident[EI_CLASS] = 1);
	REFUSED("not 64-bit little-endian", f.header->e_ident[EI_DATA] = 2);
	REFUSED("Invalid ELF section header size\n", f.header->e_shentsize = 63);
	REFUSED("Invalid ELF section header overflow\n", f.header->e_shoff = f.len);
	REFUSED("Invalid ELF section header overflow\n", f.header->e_shoff++);
	REFUSED("Invalid ELF section header overflow\n", f.header->e_shoff = ~0ULL);
	REFUSED("Invalid ELF section header overflow\n", f.header->e_shnum++);
	REFUSED("Invalid ELF section header overflow\n", f.header->e_shnum = 0xffff);
}

static void test_section_headers(void **state)
{
	const char *violation =
		"ELF Spec violation: section 0 type(0)!=SH_NULL or non-zero len or addr\n";

	(void)state;
	REFUSED("ELF Spec violation: section 0 type(1)!=SH_NULL", f.sections[0].sh_type = 1);
	REFUSED(violation, f.sections[0].sh_size = 1);
	REFUSED(violation, f.sections[0].sh_addr = 1);
	REFUSED("Invalid ELF section in module (section 3 type 1)\n",
		f.sections[DATA].sh_offset = f.len - 15);
	REFUSED("Invalid ELF section in module (section 3 type 1)\n",
		f.sections[DATA].sh_offset = ~0ULL - 8);
	REFUSED("Invalid ELF section in module (section 3 type 1)\n",
		f.sections[DATA].sh_size = ~0ULL);
	REFUSED("ELF sections overlap (section ", f.sections[TEXT].sh_offset = 0;
		f.sections[TEXT].sh_size = f.len);
	ACCEPTED(f.sections[BSS].sh_offset = ~0ULL);
}

static void test_section_names(void **state)
{
	(void)state;
	REFUSED("Invalid ELF section name index: 0 || e_shstrndx (0) >= e_shnum (15)\n",
		f.header->e_shstrndx = 0);
	REFUSED("Invalid ELF section name index: 15 || e_shstrndx (15) >= e_shnum (15)\n",
		f.header->e_shstrndx = GOOD_SECTIONS);
	REFUSED("Invalid ELF section name index: 14 || e_shstrndx (14) >= e_shnum (0)\n",
		f.header->e_shnum = 0);
	REFUSED("Invalid ELF section in module (section 14 type 8)\n",
		f.sections[NAMES].sh_type = SHT_NOBITS);
	REFUSED("empty section name table\n", f.sections[NAMES].sh_size = 0);
	REFUSED("ELF Spec violation: section name table isn't null terminated\n",
		f.sections[NAMES].sh_size--);
	REFUSED("Invalid ELF section name in module (section 3 type 1)\n",
		f.sections[DATA].sh_name = f.sections[NAMES].sh_size);
	ACCEPTED(f.sections[DATA].sh_name = f.sections[NAMES].sh_size - 1);
}

static void test_modinfo(void **state)
{
	(void)state;
	REFUSED("Only one .modinfo section must exist.\n",
		f.sections[RODATA].sh_name = f.sections[MODINFO].sh_name);
	REFUSED(".modinfo section isn't NUL terminated\n", f.sections[MODINFO].sh_size--);
	REFUSED("Invalid ELF section in module (section 5 type 8)\n",
		f.sections[MODINFO].sh_type = SHT_NOBITS);
	ACCEPTED(f.sections[MODINFO].sh_size = 0);
	/* Without a name, messages say so. */
	REFUSED("module (missing .modinfo section or name field): Exactly one ",
		f.sections[MODINFO].sh_size = 0;
		f.sections[SELF].sh_name = 0);
}

static void test_this_module(void **state)
{
#define THIS "module good: .gnu.linkonce.this_module section "
	(void)state;
	REFUSED("module good: Exactly one .gnu.linkonce.this_module section must exist.\n",
		f.sections[SELF].sh_name = 0);
	REFUSED("module good: Exactly one .gnu.linkonce.this_module section must exist.\n",
		f.sections[DATA].sh_name = f.sections[SELF].sh_name);
	REFUSED(THIS "must have a size set\n", f.sections[SELF].sh_type = SHT_NOBITS);
	REFUSED(THIS "must occupy memory during process execution\n",
		f.sections[SELF].sh_flags = SHF_WRITE);
	REFUSED(THIS "size must match the kernel's built struct module size at run time\n",
		f.sections[SELF].sh_size--);
	REFUSED("must be writable data", f.sections[SELF].sh_flags = SHF_ALLOC);
	REFUSED("must be writable data", f.sections[SELF].sh_flags |= SHF_EXECINSTR);
	REFUSED("must be writable data", f.sections[SELF].sh_addralign = 4);
	REFUSED("good: the name in struct module does not end\n",
		memset(module_name_in(&f), 'x', MODULE_NAME_LEN));
}

static void test_symbol_table(void **state)
{
	(void)state;
	REFUSED("good: module has no symbols (stripped?)\n",
		f.sections[SYMTAB].sh_type = SHT_PROGBITS);
	REFUSED("good: module has no symbols (stripped?)\n",
		f.sections[DEBUG].sh_type = SHT_SYMTAB);
	REFUSED("Invalid ELF sh_link!=SHN_UNDEF(0) or (sh_link(0) >= hdr->e_shnum(15)\n",
		f.sections[SYMTAB].sh_link = 0);
	REFUSED("Invalid ELF sh_link!=SHN_UNDEF(15) or (sh_link(15) >= hdr->e_shnum(15)\n",
		f.sections[SYMTAB].sh_link = GOOD_SECTIONS);
	REFUSED("good: symbol table: 120 bytes in entries of 16",
		f.sections[SYMTAB].sh_entsize = 16);
	REFUSED("good: symbol table: 119 bytes in entries of 24", f.sections[SYMTAB].sh_size--);
	REFUSED("empty symbol string table\n", f.sections[STRTAB].sh_size = 0);
	REFUSED("empty symbol string table\n", f.sections[STRTAB].sh_type = SHT_NOBITS);
	REFUSED("symbol string table missing leading NUL\n", *(char *)file_data(&f, STRTAB) = 'x');
	REFUSED("symbol string table isn't NUL terminated\n", f.sections[STRTAB].sh_size--);
}

static void test_symbols(void **state)
{
	(void)state;
	REFUSED("symbol name out of bounds in string table\n",
		SYMBOL(f, SYM_DATA).st_name = sizeof(good_strings));
	ACCEPTED(SYMBOL(f, SYM_DATA).st_name = sizeof(good_strings) - 1);
	REFUSED("good: Symbol data_symbol has an invalid section index 15 (max 14)\n",
		SYMBOL(f, SYM_DATA).st_shndx = GOOD_SECTIONS);
	REFUSED("good: Symbol data_symbol has an invalid section index 65312 (max 14)\n",
		SYMBOL(f, SYM_DATA).st_shndx = 0xff20);
	REFUSED("good: Symbol data_symbol has an invalid section index 65535 (max 14)\n",
		SYMBOL(f, SYM_DATA).st_shndx = 0xffff);
	REFUSED("good: symbol data_symbol lies at 0x11 of section .data, which has only 0x10 bytes",
		SYMBOL(f, SYM_DATA).st_value = 17);
	ACCEPTED(SYMBOL(f, SYM_DATA).st_value = 16);
	ACCEPTED(SYMBOL(f, SYM_DATA).st_shndx = SHN_COMMON; SYMBOL(f, SYM_DATA).st_value = 64);
	ACCEPTED(SYMBOL(f, SYM_FIXED).st_value = ~0ULL);
}

static void test_relocation_sections(void **state)
{
	(void)state;
	REFUSED("good: .rela.text relocates section 0", f.sections[RELA_TEXT].sh_info = 0);
	REFUSED("good: .rela.text relocates section 15, but there are only 15",
		f.sections[RELA_TEXT].sh_info = GOOD_SECTIONS);
	REFUSED("good: .rela.text takes its symbols from section 8, not from 7",
		f.sections[RELA_TEXT].sh_link = STRTAB);
	REFUSED("good: .rela.text: 72 bytes in entries of 16",
		f.sections[RELA_TEXT].sh_entsize = 16);
	REFUSED("good: .rela.text: 71 bytes in entries of 24", f.sections[RELA_TEXT].sh_size--);
	REFUSED("module good: REL relocation unsupported\n",
		f.sections[RELA_TEXT].sh_type = SHT_REL);
	REFUSED("good: .rela.text relocates .modinfo, which is text\n",
		f.sections[RELA_TEXT].sh_info = MODINFO;
		f.sections[MODINFO].sh_flags |= SHF_ALLOC);
	/* What belongs to a section that is not loaded is not read. */
	ACCEPTED(memset(file_data(&f, RELA_DEBUG), 0xff, 24));
	ACCEPTED(f.sections[RELA_DEBUG].sh_type = SHT_REL);
}

static void test_relocations(void **state)
{
	(void)state;
	REFUSED("good: relocation 1 in .rela.text names symbol 5, but there are only 5\n",
		RELA(f, 1).r_info = RELA_INFO(GOOD_SYMBOLS, R_X86_64_64));
	REFUSED("good: relocation 1 in .rela.text names symbol 4294967295",
		RELA(f, 1).r_info = RELA_INFO(0xffffffff, R_X86_64_64));
	ACCEPTED(RELA(f, 1).r_offset = 32 - 8);
	REFUSED("good: relocation 1 in .rela.text writes 8 bytes at 0x19, outside of 0x20 bytes\n",
		RELA(f, 1).r_offset = 32 - 7);
	REFUSED("writes 8 bytes at 0xffffffffffffffff", RELA(f, 1).r_offset = ~0ULL);
	ACCEPTED(RELA(f, 2).r_offset = 32 - 4);
	REFUSED("writes 4 bytes at 0x1d", RELA(f, 2).r_offset = 32 - 3);
	REFUSED("writes 4 bytes at 0x0, outside of 0x3 bytes", f.sections[TEXT].sh_size = 3;
		RELA(f, 0).r_offset = 0);
	/* Kinds that write nothing, and kinds unknown, which a later phase refuses by name. */
	ACCEPTED(RELA(f, 1) = (Elf64_Rela){32, RELA_INFO(0, R_X86_64_NONE), 0});
	ACCEPTED(RELA(f, 1) = (Elf64_Rela){0, RELA_INFO(0, 4242), 0});
}

static void test_tables(void **state)
{
	(void)state;
	REFUSED("good: section .rodata has alignment 3, not a power of two\n",
		f.sections[RODATA].sh_addralign = 3);
	REFUSED("not a power of two", f.sections[BSS].sh_addralign = (1ULL << 63) + 1);
	ACCEPTED(f.sections[RODATA].sh_addralign = 0);
	ACCEPTED(f.sections[RODATA].sh_addralign = 1ULL << 63);
	ACCEPTED(f.sections[DEBUG].sh_addralign = 3);
	/* Relocations may be loaded as well, and are then put somewhere. */
	ACCEPTED(f.sections[RELA_TEXT].sh_addralign = 3);
	REFUSED("good: section .rela.text has alignment 3, not a power of two\n",
		f.sections[RELA_TEXT].sh_flags |= SHF_ALLOC;
		f.sections[RELA_TEXT].sh_addralign = 3);
	REFUSED("not a power of two", f.sections[RELA_DEBUG].sh_flags |= SHF_ALLOC;
		f.sections[RELA_DEBUG].sh_addralign = 4097);
	REFUSED("good: section __ksymtab has 23 bytes, not rows of 24\n",
		f.sections[KSYMTAB].sh_size--);
}

static void test_unnamed_is_legal(void **state)
{
	(void)state;
	ACCEPTED(f.sections[TEXT].sh_name = 0; f.sections[DATA].sh_name = 0);
	ACCEPTED(SYMBOL(f, SYM_DATA).st_name = 0);
	ACCEPTED(f.sections[KSYMTAB].sh_size = 0);
}

/* A table at an odd offset is legal, if unusual. */
static void test_misaligned(void **state)
{
	struct module_file file = good_file();
	struct load ld = load_of(&file);
	u8 *shifted = malloc(file.len + 1);

	(void)state;
	memcpy(shifted + 1, file.bytes, file.len);
	ld.image = shifted + 1;
	assert_int_equal(elf_verify(&ld), 0);
	free(shifted);
	free_file(&file);
}

static void test_quiet(void **state)
{
	struct module_file file = good_file();
	struct load ld = load_of(&file);

	(void)state;
	ld.quiet = true;
	ld.len = 10;
	assert_int_equal(elf_verify(&ld), -ENOEXEC);
	assert_string_equal(logged, "");
	free_file(&file);
}

/* The section headers are the last thing in the file, so no part of it can be done without. */
static void test_cut_anywhere(void **state)
{
	struct module_file file = good_file();
	size_t len;

	(void)state;
	for (len = 0; len < file.len; len++) {
		struct module_file part = {.bytes = malloc(len), .len = len};

		memcpy(part.bytes, file.bytes, len);
		assert_int_equal(verify(&part), -ENOEXEC);
		assert_int_not_equal(strlen(logged), 0);
		free_file(&part);
	}
	free_file(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_section_headers),
		cmocka_unit_test(test_section_names),
		cmocka_unit_test(test_modinfo),
		cmocka_unit_test(test_this_module),
		cmocka_unit_test(test_symbol_table),
		cmocka_unit_test(test_symbols),
		cmocka_unit_test(test_relocation_sections),
		cmocka_unit_test(test_relocations),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_unnamed_is_legal),
		cmocka_unit_test(test_misaligned),
		cmocka_unit_test(test_quiet),
		cmocka_unit_test(test_cut_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
