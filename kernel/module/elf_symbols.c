/* SPDX-License-Identifier: MIT */
/*
 * elf_symbols.c: phase 1, continued: symbols, and the relocations that name them.
 *
 * Assumes that elf_open() returned 0. Promises to the later phases, which then need not look again:
 *
 *   - there is one symbol table; each symbol's name ends, its section exists and its value lies in it
 *   - each relocation of a loaded section names a symbol that exists and stays inside the section
 *
 * Texts are Linux's where it has one. Linear in symbols and relocations; allocates nothing.
 */
#include "module/load.h"
#include "module/file.h"
#include "module/link.h"

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
int elf_verify_relocations(struct load *ld, unsigned int index)
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
	/* It is read from the file first, and later from memory: both are to say the same. */
	if (section->sh_info == ld->elf.modinfo)
		return load_fail(ld, ENOEXEC, "%s relocates .modinfo, which is text",
				 section_name(ld, index));
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

int elf_verify_symbols(struct load *ld)
{
	int err;

	err = find_symtab(ld);
	err = err ?: check_strings(ld);
	err = err ?: check_symbols(ld);
	return err;
}
