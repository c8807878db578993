/* SPDX-License-Identifier: MIT */
/* elf_print_symbols.c: elf -s, each symbol table, in the columns of readelf -sW. */
#include "shell/elf_file.h"

#include <linux/kernel.h>

#define SHT_DYNSYM     11
#define STT_SECTION    3
#define NAME_ROOM      32
#define SIZE_DECIMAL   99999 /* larger sizes are hexadecimal, to fit into the column */
#define SHN_LOPROC     0xff00
#define SHN_HIPROC     0xff1f
#define SHN_HIOS       0xff3f
#define SHN_LARGE      0xff02 /* x86-64: common, far away */
#define VISIBILITY(st) ((st)&3)

static const char *const types[] = {"NOTYPE", "OBJECT", "FUNC", "SECTION", "FILE", "COMMON", "TLS"};
static const char *const bindings[] = {"LOCAL", "GLOBAL", "WEAK"};
static const char *const visibilities[] = {"DEFAULT", "INTERNAL", "HIDDEN", "PROTECTED"};

/* What the ABI leaves to operating systems (10 to 12) and processors (13 to 15), or to nobody. */
static const char *name_of(const char *const *names, unsigned int count, unsigned int value,
			   char text[NAME_ROOM])
{
	const char *kind = value >= 13	 ? "<processor specific>"
			   : value >= 10 ? "<OS specific>"
					 : "<unknown>";

	if (value < count)
		return names[value];
	snprintf(text, NAME_ROOM, "%s: %u", kind, value);
	return text;
}

static void print_index(const struct elf_file *file, unsigned int index)
{
	struct io *io = file->io;

	if (index == SHN_UNDEF)
		out(io, " UND ");
	else if (index == SHN_ABS)
		out(io, " ABS ");
	else if (index == SHN_COMMON)
		out(io, " COM ");
	else if (index == SHN_LARGE && file->header->e_machine == EM_X86_64)
		out(io, "LARGE_COM ");
	else if (index >= SHN_LOPROC && index <= SHN_HIPROC)
		out(io, "PRC[0x%04x] ", index);
	else if (index > SHN_HIPROC && index <= SHN_HIOS)
		out(io, "OS [0x%04x] ", index);
	else if (index >= SHN_LORESERVE)
		out(io, "RSV[0x%04x] ", index);
	else if (index >= file->count)
		out(io, "bad section index[%3u] ", index);
	else
		out(io, "%4u ", index);
}

static void print_row(const struct elf_file *file, u64 i, const Elf64_Sym *symbol, u32 strings)
{
	struct io *io = file->io;
	char type[NAME_ROOM], binding[NAME_ROOM];
	const char *name;
	int len;

	out(io, "%6llu: %016llx ", i, symbol->st_value);
	out(io, symbol->st_size <= SIZE_DECIMAL ? "%5llu " : "0x%llx ", symbol->st_size);
	out(io, "%-7s %-6s %-7s ",
	    name_of(types, ARRAY_SIZE(types), ELF64_ST_TYPE(symbol->st_info), type),
	    name_of(bindings, ARRAY_SIZE(bindings), ELF64_ST_BIND(symbol->st_info), binding),
	    visibilities[VISIBILITY(symbol->st_other)]);
	if (symbol->st_other & ~3)
		out(io, " [<other>: 0x%x] ", symbol->st_other & ~3U);
	print_index(file, symbol->st_shndx);
	/* A section's own symbol has the section's name. */
	if (ELF64_ST_TYPE(symbol->st_info) == STT_SECTION && !symbol->st_name &&
	    symbol->st_shndx < file->count)
		name = elf_section_name(file, symbol->st_shndx, &len);
	else
		name = elf_string(file, strings, symbol->st_name, &len);
	elf_print_name(io, name, len);
	out(io, "\n");
}

static bool print_table(const struct elf_file *file, unsigned int index)
{
	const Elf64_Sym *symbols;
	const char *name;
	u64 count, i;
	int len;

	symbols = elf_rows(file, index, sizeof(*symbols), &count);
	if (!symbols)
		return false;
	name = elf_section_name(file, index, &len);
	out(file->io, "\nSymbol table '");
	elf_print_name(file->io, name, len);
	out(file->io, "' contains %llu entr%s:\n", count, count == 1 ? "y" : "ies");
	out(file->io, "   Num:    Value          Size Type    Bind   Vis      Ndx Name\n");
	for (i = 0; i < count; i++)
		print_row(file, i, symbols + i, file->sections[index].sh_link);
	return true;
}

bool elf_print_symbols(const struct elf_file *file)
{
	bool fine = true;
	unsigned int i;

	for (i = 0; i < file->count; i++)
		if (file->sections[i].sh_type == SHT_SYMTAB ||
		    file->sections[i].sh_type == SHT_DYNSYM)
			fine &= print_table(file, i);
	return fine;
}
