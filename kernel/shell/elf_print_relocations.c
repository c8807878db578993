/* SPDX-License-Identifier: MIT */
/*
 * elf_print_relocations.c: elf -r, each section of relocations with addends, in the columns of
 * readelf -rW. What a type does is in module/relocate.c.
 */
#include "shell/elf_file.h"

#include <linux/kernel.h>
#include "module/modules.h"

#define STT_SECTION  3
#define TYPE_WIDTH   22
#define ADDEND_BLANK 20 /* where there is no symbol */

/* The symbols that a section of relocations names. */
struct symbols {
	const Elf64_Sym *rows;
	u64 count;
	u32 strings;
};

static void print_type(struct io *io, u32 type)
{
	const char *name = reloc_name(type);

	if (name)
		out(io, "%-*s", TYPE_WIDTH, name);
	else
		out(io, "unrecognized: %-7x", type);
}

static void print_symbol(const struct elf_file *file, const struct symbols *symbols, u64 index)
{
	const Elf64_Sym *symbol = symbols->rows + index;
	const char *name;
	int len;

	out(file->io, " %016llx ", symbol->st_value);
	if (ELF64_ST_TYPE(symbol->st_info) == STT_SECTION && !symbol->st_name &&
	    symbol->st_shndx < file->count)
		name = elf_section_name(file, symbol->st_shndx, &len);
	else
		name = elf_string(file, symbols->strings, symbol->st_name, &len);
	elf_print_name(file->io, name, len);
}

static bool print_row(const struct elf_file *file, const struct symbols *symbols,
		      const Elf64_Rela *rela)
{
	u64 index = ELF64_R_SYM(rela->r_info);
	bool negative = rela->r_addend < 0, known = index < symbols->count;
	u64 addend = negative ? -(u64)rela->r_addend : (u64)rela->r_addend;

	out(file->io, "%016llx  %016llx ", rela->r_offset, rela->r_info);
	print_type(file->io, ELF64_R_TYPE(rela->r_info));
	if (!index)
		out(file->io, "%*s%s%llx\n", ADDEND_BLANK, "", negative ? "-" : "", addend);
	else if (!known)
		out(file->io, " bad symbol index: %08llx in reloc\n", index);
	else
		print_symbol(file, symbols, index);
	if (index && known)
		out(file->io, " %c %llx\n", negative ? '-' : '+', addend);
	return !index || known;
}

/* No symbols at all, when the section does not say whose it means. */
static bool find_symbols(const struct elf_file *file, u32 link, struct symbols *symbols)
{
	*symbols = (struct symbols){0};
	if (!link || link >= file->count)
		return !link;
	symbols->rows = elf_rows(file, link, sizeof(*symbols->rows), &symbols->count);
	symbols->strings = file->sections[link].sh_link;
	return symbols->rows;
}

static bool print_section(const struct elf_file *file, unsigned int index)
{
	const Elf64_Shdr *section = file->sections + index;
	struct symbols symbols;
	const Elf64_Rela *rows;
	const char *name;
	u64 count, i;
	bool fine;
	int len;

	rows = elf_rows(file, index, sizeof(*rows), &count);
	if (!rows)
		return false;
	if (!count)
		return true;
	fine = find_symbols(file, section->sh_link, &symbols);
	name = elf_section_name(file, index, &len);
	out(file->io, "\nRelocation section '");
	elf_print_name(file->io, name, len);
	out(file->io, "' at offset 0x%llx contains %llu entr%s:\n", section->sh_offset, count,
	    count == 1 ? "y" : "ies");
	out(file->io, "    Offset             Info             Type               Symbol's Value  "
		      "Symbol's Name + Addend\n");
	for (i = 0; i < count; i++)
		fine &= print_row(file, &symbols, rows + i);
	return fine;
}

bool elf_print_relocations(const struct elf_file *file)
{
	bool fine = true, any = false;
	unsigned int i;

	for (i = 0; i < file->count; i++) {
		if (file->sections[i].sh_type != SHT_RELA || !file->sections[i].sh_size)
			continue;
		fine &= print_section(file, i);
		any = true;
	}
	if (!any)
		out(file->io, "\nThere are no relocations in this file.\n");
	return fine;
}
