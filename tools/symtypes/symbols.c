/* SPDX-License-Identifier: MIT */
/*
 * symbols.c: walks the symbol table, checking what it says: libelf looks at the bounds of the table,
 * but a row may name any section and any string.
 */
#include "symtypes.h"

#include <gelf.h>

#include "report.h"

/* A symbol table. */
struct table {
	struct image *image;
	Elf_Data *symbols;
	Elf_Data *large_indexes; /* of sections from 0xff00 on; NULL: there are none */
	size_t count;
	size_t names, section_names; /* the sections that have them */
};

static Elf_Scn *find_section(const struct image *image, GElf_Word type)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;

	while ((section = elf_nextscn(image->elf, section)))
		if (gelf_getshdr(section, &header) && header.sh_type == type)
			return section;
	return NULL;
}

static void open_table(struct table *table)
{
	Elf_Scn *symbols = find_section(table->image, SHT_SYMTAB);
	Elf_Scn *indexes = find_section(table->image, SHT_SYMTAB_SHNDX);
	GElf_Shdr header;

	if (!symbols || !gelf_getshdr(symbols, &header))
		trouble(table->image->path, "has no symbol table (stripped?)");
	table->symbols = elf_getdata(symbols, NULL);
	/* The rows are counted by our size of them: a file with another one would be read askew. */
	if (!table->symbols || header.sh_entsize != sizeof(Elf64_Sym))
		trouble(table->image->path, "its symbol table has rows of %ju bytes, not %zu",
			(uintmax_t)header.sh_entsize, sizeof(Elf64_Sym));
	table->large_indexes = indexes ? elf_getdata(indexes, NULL) : NULL;
	table->count = table->symbols->d_size / sizeof(Elf64_Sym);
	table->names = header.sh_link;
	if (elf_getshdrstrndx(table->image->elf, &table->section_names))
		trouble(table->image->path, "where are its sections' names? %s", elf_errmsg(-1));
}

static const char *section_name(const struct table *table, size_t index)
{
	Elf_Scn *section = elf_getscn(table->image->elf, index);
	GElf_Shdr header;
	const char *name;

	if (!section || !gelf_getshdr(section, &header))
		trouble(table->image->path, "a symbol lies in section %zu, which it has not",
			index);
	name = elf_strptr(table->image->elf, table->section_names, header.sh_name);
	if (!name)
		trouble(table->image->path, "section %zu has no name", index);
	return name;
}

static void read_symbol(const struct table *table, size_t index, struct symbol *symbol)
{
	GElf_Word large = 0;
	GElf_Sym sym;

	if (!gelf_getsymshndx(table->symbols, table->large_indexes, (int)index, &sym, &large))
		trouble(table->image->path, "symbol %zu: %s", index, elf_errmsg(-1));
	*symbol = (struct symbol){
		.name = elf_strptr(table->image->elf, table->names, sym.st_name),
		.where = {sym.st_shndx == SHN_XINDEX ? large : sym.st_shndx, sym.st_value},
		.is_code_or_data = GELF_ST_TYPE(sym.st_info) == STT_FUNC ||
				   GELF_ST_TYPE(sym.st_info) == STT_OBJECT,
		.section = "",
	};
	if (!symbol->name)
		trouble(table->image->path, "symbol %zu: its name is not in the string table",
			index);
	/* Those from there on, but for one, do not mean sections. */
	if (sym.st_shndx < SHN_LORESERVE || sym.st_shndx == SHN_XINDEX)
		symbol->section = section_name(table, symbol->where.section);
}

size_t each_symbol(struct image *image, symbol_visitor *visit, void *data)
{
	struct table table = {.image = image};
	struct symbol symbol;

	open_table(&table);
	for (size_t i = 1; i < table.count; i++) {
		read_symbol(&table, i, &symbol);
		visit(image, &symbol, data);
	}
	return table.count;
}
