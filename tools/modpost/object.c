/* SPDX-License-Identifier: MIT */
/*
 * object.c: see object.h. Files come from compilers, and from whoever writes them by hand: libelf
 * checks bounds of headers and sections, but not what the numbers in them point at.
 */
#include "object.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "modpost.h"
#include "report.h"

/* gelf_ would read 32-bit and big-endian files as well: what follows must not see one. */
static bool check_header(const struct object *obj, unsigned int type)
{
	GElf_Ehdr ehdr;

	if (elf_kind(obj->elf) != ELF_K_ELF || !gelf_getehdr(obj->elf, &ehdr)) {
		error("%s: not an ELF file", obj->path);
		return false;
	}
	if (ehdr.e_ident[EI_CLASS] != ELFCLASS64 || ehdr.e_ident[EI_DATA] != ELFDATA2LSB ||
	    ehdr.e_machine != EM_X86_64) {
		error("%s: not made for x86-64 (machine %u, expected %u)", obj->path,
		      ehdr.e_machine, EM_X86_64);
		return false;
	}
	if (ehdr.e_type != type) {
		error(type == ET_REL ? "%s: not relocatable object." : "%s: not an executable.",
		      obj->path);
		hint("ELF type %u, expected %u", ehdr.e_type, type);
		return false;
	}
	return true;
}

/* Finds the symbol table and, when there is one, the table of its wide section indexes. */
static bool find_symbols(struct object *obj)
{
	Elf_Scn *section = NULL, *symtab = NULL;
	GElf_Shdr shdr;

	while ((section = elf_nextscn(obj->elf, section))) {
		if (!gelf_getshdr(section, &shdr))
			break;
		/* Not linked from the symbol table but to it, and it may come first: so look at all. */
		if (shdr.sh_type == SHT_SYMTAB_SHNDX)
			obj->wide_indexes = elf_getdata(section, NULL);
		if (shdr.sh_type != SHT_SYMTAB)
			continue;
		symtab = section;
		obj->symbol_names = shdr.sh_link;
		obj->symbols = elf_getdata(section, NULL);
	}
	if (!symtab) {
		error("%s has no symtab?", obj->path);
		hint("was it stripped?");
		return false;
	}
	if (!obj->symbols || !obj->symbols->d_buf) {
		error("%s: cannot read its symbol table: %s", obj->path, elf_errmsg(-1));
		return false;
	}
	obj->symbol_count = obj->symbols->d_size / sizeof(Elf64_Sym);
	return true;
}

bool object_open(struct object *obj, const char *path, unsigned int type)
{
	size_t size;

	*obj = (struct object){.path = path};
	obj->bytes = file_read(path, &size);
	if (!obj->bytes) {
		error("%s: %s", path, strerror(errno));
		return false;
	}
	/* Without this call libelf answers nothing; a second time it does no harm. */
	elf_version(EV_CURRENT);
	obj->elf = elf_memory(obj->bytes, size);
	if (!check_header(obj, type))
		goto fail;
	if (elf_getshdrstrndx(obj->elf, &obj->section_names)) {
		error("%s: section headers cut off or damaged: %s", path, elf_errmsg(-1));
		goto fail;
	}
	if (find_symbols(obj))
		return true;
fail:
	object_close(obj);
	return false;
}

void object_close(struct object *obj)
{
	elf_end(obj->elf);
	free(obj->bytes);
	obj->elf = NULL;
	obj->bytes = NULL;
}

const char *object_section_name(const struct object *obj, size_t index)
{
	Elf_Scn *section = elf_getscn(obj->elf, index);
	const char *name = NULL;
	GElf_Shdr shdr;

	if (section && gelf_getshdr(section, &shdr))
		name = elf_strptr(obj->elf, obj->section_names, shdr.sh_name);
	return name ? name : "";
}

GElf_Xword object_section_flags(const struct object *obj, size_t index)
{
	Elf_Scn *section = elf_getscn(obj->elf, index);
	GElf_Shdr shdr;

	return section && gelf_getshdr(section, &shdr) ? shdr.sh_flags : 0;
}

Elf_Data *object_section_data(const struct object *obj, size_t index)
{
	Elf_Scn *section = elf_getscn(obj->elf, index);
	Elf_Data *data = section ? elf_getdata(section, NULL) : NULL;

	return data && data->d_buf ? data : NULL;
}

size_t object_find_section(const struct object *obj, const char *name)
{
	Elf_Scn *section = NULL;

	while ((section = elf_nextscn(obj->elf, section)))
		if (!strcmp(object_section_name(obj, elf_ndxscn(section)), name))
			return elf_ndxscn(section);
	return 0;
}

/*
 * st_shndx has 16 bits. A file of many sections puts SHN_XINDEX there and the number elsewhere; the
 * other reserved values (SHN_ABS, SHN_COMMON) are no section, so there is nothing to look for.
 */
bool object_symbol(const struct object *obj, size_t index, struct symbol *sym)
{
	Elf32_Word wide = 0;

	if (!gelf_getsymshndx(obj->symbols, obj->wide_indexes, (int)index, &sym->elf, &wide)) {
		error("%s: cannot read symbol %zu: %s", obj->path, index, elf_errmsg(-1));
		return false;
	}
	sym->name = elf_strptr(obj->elf, obj->symbol_names, sym->elf.st_name);
	if (!sym->name) {
		error("%s: symbol %zu: its name lies outside the string table", obj->path, index);
		return false;
	}
	sym->section = sym->elf.st_shndx == SHN_XINDEX ? wide : sym->elf.st_shndx;
	if ((sym->elf.st_shndx < SHN_LORESERVE || sym->elf.st_shndx == SHN_XINDEX) &&
	    sym->section != SHN_UNDEF && !elf_getscn(obj->elf, sym->section)) {
		error("%s: symbol %s is in section %zu, which does not exist", obj->path, sym->name,
		      sym->section);
		return false;
	}
	return true;
}

struct symbol *object_symbols(const struct object *obj)
{
	/* One more than there are: a table without symbols would ask for 0 bytes, and get NULL perhaps. */
	struct symbol *symbols = xcalloc(obj->symbol_count + 1, sizeof(*symbols));

	for (size_t i = 1; i < obj->symbol_count; i++) {
		if (!object_symbol(obj, i, &symbols[i])) {
			free(symbols);
			return NULL;
		}
	}
	return symbols;
}

const char *object_string(const Elf_Data *data, GElf_Addr offset)
{
	const char *start = data->d_buf;

	/* Not only the start must be inside: without a NUL the reader would run on. */
	if (offset >= data->d_size || !memchr(start + offset, '\0', data->d_size - offset))
		return NULL;
	return start + offset;
}

const char *object_modinfo(const struct object *obj, const char *tag, const char *last)
{
	size_t length = strlen(tag);
	size_t index = object_find_section(obj, ".modinfo");
	Elf_Data *data = index ? object_section_data(obj, index) : NULL;
	const char *start, *text;
	GElf_Addr offset = 0;

	if (!data)
		return NULL;
	start = data->d_buf;
	/* @last is a value, so its string ends where it ends; a further NUL there is an empty string. */
	if (last)
		offset = (GElf_Addr)(last - start) + strlen(last);
	for (; offset < data->d_size; offset += strlen(text) + 1) {
		text = object_string(data, offset);
		if (!text)
			return NULL;
		if (!strncmp(text, tag, length) && text[length] == '=')
			return text + length + 1;
	}
	return NULL;
}
