/* SPDX-License-Identifier: MIT */
/*
 * elf_tables.c: phase 1, continued. Do the tables inside the file hold what their readers expect?
 *
 * Assumes that elf_open() returned 0. Promises to the later phases, which then need not look again:
 *
 *   - struct module is one writable section of the right size, and its name ends
 *   - there is one symbol table; each symbol's name ends, its section exists and its value lies in it
 *   - each relocation of a loaded section names a symbol that exists and stays inside the section
 *   - each table the loader walks (exports, CRCs, parameters) is made of whole rows
 *   - each alignment is a power of two
 *
 * Texts are Linux's where it has one. Linear in symbols and relocations; allocates nothing.
 */
#include "module/load.h"

#include <linux/kernel.h>
#include <linux/string.h>

static int find_this_module(struct load *ld)
{
	unsigned int i;

	for (i = 1; i < ld->elf.header->e_shnum; i++) {
		if (strcmp(section_name(ld, i), THIS_MODULE_SECTION) != 0)
			continue;
		if (ld->elf.this_module)
			break;
		ld->elf.this_module = i;
	}
	if (!ld->elf.this_module || i < ld->elf.header->e_shnum)
		return load_fail_unnamed(ld, ENOEXEC,
					 "module %s: Exactly one " THIS_MODULE_SECTION
					 " section must exist.",
					 ld->name);
	return 0;
}

static int check_this_module(struct load *ld)
{
	const Elf64_Shdr *section = ld->elf.sections + ld->elf.this_module;
	const char *name;

	if (!section_has_bytes(section))
		return load_fail_unnamed(ld, ENOEXEC,
					 "module %s: " THIS_MODULE_SECTION
					 " section must have a size set",
					 ld->name);
	if (!section_is_loaded(section))
		return load_fail_unnamed(ld, ENOEXEC,
					 "module %s: " THIS_MODULE_SECTION
					 " section must occupy memory during process execution",
					 ld->name);
	if (section->sh_size != sizeof(struct module))
		return load_fail_unnamed(
			ld, ENOEXEC,
			"module %s: " THIS_MODULE_SECTION
			" section size must match the kernel's built struct module "
			"size at run time",
			ld->name);
	if (!(section->sh_flags & SHF_WRITE) || (section->sh_flags & SHF_EXECINSTR) ||
	    section->sh_addralign < __alignof__(struct module))
		return load_fail(ld, ENOEXEC,
				 THIS_MODULE_SECTION
				 " section must be writable data, aligned to %lu",
				 (unsigned long)__alignof__(struct module));
	name = section_data(ld, ld->elf.this_module) + offsetof(struct module, name);
	if (strnlen(name, MODULE_NAME_LEN) == MODULE_NAME_LEN)
		return load_fail(ld, ENOEXEC, "the name in struct module does not end");
	return 0;
}

static int find_symtab(struct load *ld)
{
	const Elf64_Shdr *section;
	unsigned int i, found = 0;

	for (i = 1; i < ld->elf.header->e_shnum; i++) {
		if (ld->elf.sections[i].sh_type != SHT_SYMTAB)
			continue;
		ld->elf.symtab = i;
		found++;
	}
	if (found != 1)
		return load_fail(ld, ENOEXEC, "module has no symbols (stripped?)");
	section = ld->elf.sections + ld->elf.symtab;
	if (section->sh_link == SHN_UNDEF || section->sh_link >= ld->elf.header->e_shnum)
		return load_fail_unnamed(
			ld, ENOEXEC,
			"Invalid ELF sh_link!=SHN_UNDEF(%d) or (sh_link(%d) >= hdr->e_shnum(%d)",
			section->sh_link, section->sh_link, ld->elf.header->e_shnum);
	if (section->sh_entsize != sizeof(Elf64_Sym) || section->sh_size % sizeof(Elf64_Sym))
		return load_fail(
			ld, ENOEXEC,
			"symbol table: %llu bytes in entries of %llu, expected entries of %lu",
			section->sh_size, section->sh_entsize, (unsigned long)sizeof(Elf64_Sym));
	ld->elf.symbols = section_data(ld, ld->elf.symtab);
	ld->elf.symbol_count = section->sh_size / sizeof(Elf64_Sym);
	return 0;
}

static int check_strings(struct load *ld)
{
	unsigned int index = ld->elf.sections[ld->elf.symtab].sh_link;
	const Elf64_Shdr *section = ld->elf.sections + index;

	if (!section_has_bytes(section) || section->sh_size == 0)
		return load_fail_unnamed(ld, ENOEXEC, "empty symbol string table");
	ld->elf.strings = section_data(ld, index);
	ld->elf.strings_size = section->sh_size;
	if (ld->elf.strings[0] != '\0')
		return load_fail_unnamed(ld, ENOEXEC, "symbol string table missing leading NUL");
	if (ld->elf.strings[section->sh_size - 1] != '\0')
		return load_fail_unnamed(ld, ENOEXEC, "symbol string table isn't NUL terminated");
	return 0;
}

const char *symbol_name(const struct load *ld, unsigned int index)
{
	return ld->elf.strings + ld->elf.symbols[index].st_name;
}

static int check_symbol(struct load *ld, unsigned int i)
{
	const Elf64_Sym *symbol = ld->elf.symbols + i;
	const Elf64_Shdr *section;

	if (symbol->st_name >= ld->elf.strings_size)
		return load_fail_unnamed(ld, ENOEXEC, "symbol name out of bounds in string table");
	if (symbol->st_shndx == SHN_UNDEF || symbol->st_shndx == SHN_ABS ||
	    symbol->st_shndx == SHN_COMMON)
		return 0;
	if (symbol->st_shndx >= ld->elf.header->e_shnum)
		return load_fail(ld, ENOEXEC, "Symbol %s has an invalid section index %u (max %u)",
				 symbol_name(ld, i), symbol->st_shndx,
				 ld->elf.header->e_shnum - 1u);
	section = ld->elf.sections + symbol->st_shndx;
	/* A value equal to the size is a label at the section's end. */
	if (symbol->st_value > section->sh_size)
		return load_fail(
			ld, ENOEXEC,
			"symbol %s lies at 0x%llx of section %s, which has only 0x%llx bytes",
			symbol_name(ld, i), symbol->st_value, section_name(ld, symbol->st_shndx),
			section->sh_size);
	return 0;
}

static int check_symbols(struct load *ld)
{
	unsigned int i;
	int err;

	for (i = 0; i < ld->elf.symbol_count; i++) {
		err = check_symbol(ld, i);
		if (err)
			return err;
	}
	return 0;
}

static int check_relocation(struct load *ld, unsigned int index, unsigned int n)
{
	const Elf64_Shdr *target = ld->elf.sections + ld->elf.sections[index].sh_info;
	const Elf64_Rela *rela = (const Elf64_Rela *)section_data(ld, index) + n;
	const struct reloc_kind *kind = reloc_kind(ELF64_R_TYPE(rela->r_info));
	u64 width = kind ? kind->width : 0;

	if (ELF64_R_SYM(rela->r_info) >= ld->elf.symbol_count)
		return load_fail(ld, ENOEXEC,
				 "relocation %u in %s names symbol %llu, but there are only %u", n,
				 section_name(ld, index), ELF64_R_SYM(rela->r_info),
				 ld->elf.symbol_count);
	if (target->sh_size < width || rela->r_offset > target->sh_size - width)
		return load_fail(
			ld, ENOEXEC,
			"relocation %u in %s writes %llu bytes at 0x%llx, outside of 0x%llx bytes",
			n, section_name(ld, index), width, rela->r_offset, target->sh_size);
	return 0;
}

/* Section @index holds relocations; those of sections that are not loaded are never read. */
static int check_relocations(struct load *ld, unsigned int index)
{
	const Elf64_Shdr *section = ld->elf.sections + index;
	unsigned int n, count;
	int err;

	if (section->sh_info == SHN_UNDEF || section->sh_info >= ld->elf.header->e_shnum)
		return load_fail(ld, ENOEXEC, "%s relocates section %u, but there are only %u",
				 section_name(ld, index), section->sh_info,
				 ld->elf.header->e_shnum);
	if (!section_is_loaded(ld->elf.sections + section->sh_info))
		return 0;
	if (section->sh_type == SHT_REL)
		return load_fail_unnamed(ld, ENOEXEC, "module %s: REL relocation unsupported",
					 ld->name);
	if (section->sh_link != ld->elf.symtab)
		return load_fail(ld, ENOEXEC, "%s takes its symbols from section %u, not from %u",
				 section_name(ld, index), section->sh_link, ld->elf.symtab);
	if (section->sh_entsize != sizeof(Elf64_Rela) || section->sh_size % sizeof(Elf64_Rela))
		return load_fail(ld, ENOEXEC,
				 "%s: %llu bytes in entries of %llu, expected entries of %lu",
				 section_name(ld, index), section->sh_size, section->sh_entsize,
				 (unsigned long)sizeof(Elf64_Rela));
	count = section->sh_size / sizeof(Elf64_Rela);
	for (n = 0; n < count; n++) {
		err = check_relocation(ld, index, n);
		if (err)
			return err;
	}
	return 0;
}

/* What the loader walks row by row. */
static const struct {
	const char *name;
	unsigned int row;
} tables[] = {
	{"__ksymtab", sizeof(struct kernel_symbol)},
	{"__ksymtab_gpl", sizeof(struct kernel_symbol)},
	{"__ksymtab_gpl_future", sizeof(struct kernel_symbol)},
	{"__kcrctab", sizeof(u32)},
	{"__kcrctab_gpl", sizeof(u32)},
	{"__kcrctab_gpl_future", sizeof(u32)},
	{"__param", sizeof(struct kernel_param)},
};

static int check_rows(struct load *ld, unsigned int index)
{
	const Elf64_Shdr *section = ld->elf.sections + index;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(tables); i++)
		if (strcmp(section_name(ld, index), tables[i].name) == 0 &&
		    section->sh_size % tables[i].row)
			return load_fail(ld, ENOEXEC, "section %s has %llu bytes, not rows of %u",
					 tables[i].name, section->sh_size, tables[i].row);
	return 0;
}

static int check_section(struct load *ld, unsigned int index)
{
	const Elf64_Shdr *section = ld->elf.sections + index;

	if (section->sh_type == SHT_RELA || section->sh_type == SHT_REL)
		return check_relocations(ld, index);
	if (!section_is_loaded(section))
		return 0;
	if (section->sh_addralign & (section->sh_addralign - 1))
		return load_fail(ld, ENOEXEC, "section %s has alignment %llu, not a power of two",
				 section_name(ld, index), section->sh_addralign);
	return check_rows(ld, index);
}

static int check_contents(struct load *ld)
{
	unsigned int i;
	int err;

	for (i = 1; i < ld->elf.header->e_shnum; i++) {
		err = check_section(ld, i);
		if (err)
			return err;
	}
	return 0;
}

int elf_verify_tables(struct load *ld)
{
	int err;

	err = find_this_module(ld);
	err = err ?: check_this_module(ld);
	err = err ?: find_symtab(ld);
	err = err ?: check_strings(ld);
	err = err ?: check_symbols(ld);
	err = err ?: check_contents(ld);
	return err;
}
