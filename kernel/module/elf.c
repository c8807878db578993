/* SPDX-License-Identifier: MIT */
/*
 * elf.c: phase 1, distrust. Is this an ELF file that can be read at all?
 *
 * Assumes nothing but that @image has @len bytes. Promises that after elf_open() returned 0 every
 * section with bytes lies inside the file, every section has a name that ends, and the sections
 * the loader knows by name are found. Texts and order are Linux's; elf_tables.c goes on with what
 * is inside the sections. Allocates nothing, changes nothing, is linear in the file's size.
 */
#include "module/load.h"
#include "module/file.h"

#include <linux/overflow.h>
#include <linux/string.h>

bool section_has_bytes(const Elf64_Shdr *section)
{
	return section->sh_type != SHT_NULL && section->sh_type != SHT_NOBITS;
}

bool section_is_loaded(const Elf64_Shdr *section)
{
	return section->sh_type != SHT_NULL && (section->sh_flags & SHF_ALLOC);
}

const void *section_data(const struct load *ld, unsigned int index)
{
	return (const u8 *)ld->image + ld->elf.sections[index].sh_offset;
}

const char *section_name(const struct load *ld, unsigned int index)
{
	return ld->elf.section_names + ld->elf.sections[index].sh_name;
}

/* In the order in which Linux asks, so that a file with two faults gets Linux's message. */
static int check_header(struct load *ld)
{
	const Elf64_Ehdr *header = ld->image;

	if (ld->len < sizeof(*header))
		return load_fail_unnamed(ld, ENOEXEC, "Invalid ELF header len %lu",
					 (unsigned long)ld->len);
	if (memcmp(header->e_ident, ELFMAG, SELFMAG) != 0)
		return load_fail_unnamed(ld, ENOEXEC, "Invalid ELF header magic: != %s", ELFMAG);
	if (header->e_type != ET_REL)
		return load_fail_unnamed(ld, ENOEXEC, "Invalid ELF header type: %u != %u",
					 header->e_type, ET_REL);
	if (header->e_machine != EM_X86_64)
		return load_fail_unnamed(ld, ENOEXEC, "Invalid architecture in ELF header: %u",
					 header->e_machine);
	if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_ident[EI_DATA] != ELFDATA2LSB)
		return load_fail_unnamed(
			ld, ENOEXEC,
			"Invalid ELF header class %u, data %u: not 64-bit little-endian",
			header->e_ident[EI_CLASS], header->e_ident[EI_DATA]);
	if (header->e_shentsize != sizeof(Elf64_Shdr))
		return load_fail_unnamed(ld, ENOEXEC, "Invalid ELF section header size");
	/* e_shnum has 16 bits: the product cannot wrap. Nor does the difference, after the first test. */
	if (header->e_shoff >= ld->len ||
	    header->e_shnum * sizeof(Elf64_Shdr) > ld->len - header->e_shoff)
		return load_fail_unnamed(ld, ENOEXEC, "Invalid ELF section header overflow");
	ld->elf.header = header;
	ld->elf.sections = (const Elf64_Shdr *)((const u8 *)ld->image + header->e_shoff);
	return 0;
}

/* After this, section_data() of any section with bytes is inside the file, to its last byte. */
static int check_sections(struct load *ld)
{
	const Elf64_Shdr *section = ld->elf.sections;
	unsigned int i;
	u64 end, total = 0;

	if (ld->elf.header->e_shnum == 0)
		return 0; /* check_names() refuses it: there is no section for the names */
	if (section->sh_type != SHT_NULL || section->sh_size != 0 || section->sh_addr != 0)
		return load_fail_unnamed(
			ld, ENOEXEC,
			"ELF Spec violation: section 0 type(%d)!=SH_NULL or non-zero len or addr",
			section->sh_type);
	for (i = 1, section++; i < ld->elf.header->e_shnum; i++, section++) {
		if (!section_has_bytes(section))
			continue;
		if (check_add_overflow(section->sh_offset, section->sh_size, &end) || end > ld->len)
			return load_fail_unnamed(
				ld, ENOEXEC, "Invalid ELF section in module (section %u type %u)",
				i, section->sh_type);
		/* Read each byte once at most, however many headers claim it. */
		total += section->sh_size;
		if (total > ld->len)
			return load_fail_unnamed(ld, ENOEXEC,
						 "ELF sections overlap (section %u type %u)", i,
						 section->sh_type);
	}
	return 0;
}

/* One NUL at the table's end makes every name in it end, wherever it begins. */
static int check_names(struct load *ld)
{
	unsigned int count = ld->elf.header->e_shnum;
	unsigned int index = ld->elf.header->e_shstrndx;
	const Elf64_Shdr *table;
	unsigned int i;

	if (index == SHN_UNDEF || index >= count)
		return load_fail_unnamed(
			ld, ENOEXEC,
			"Invalid ELF section name index: %d || e_shstrndx (%d) >= e_shnum (%d)",
			index, index, count);
	table = ld->elf.sections + index;
	if (!section_has_bytes(table))
		return load_fail_unnamed(ld, ENOEXEC,
					 "Invalid ELF section in module (section %u type %u)",
					 index, table->sh_type);
	if (table->sh_size == 0)
		return load_fail_unnamed(ld, ENOEXEC, "empty section name table");
	ld->elf.section_names = section_data(ld, index);
	if (ld->elf.section_names[table->sh_size - 1] != '\0')
		return load_fail_unnamed(
			ld, ENOEXEC,
			"ELF Spec violation: section name table isn't null terminated");
	for (i = 0; i < count; i++)
		if (ld->elf.sections[i].sh_name >= table->sh_size)
			return load_fail_unnamed(
				ld, ENOEXEC,
				"Invalid ELF section name in module (section %u type %u)", i,
				ld->elf.sections[i].sh_type);
	return 0;
}

/* Finds the one .modinfo (or none), which must end: everyone reads it as strings. */
static int find_modinfo(struct load *ld)
{
	const Elf64_Shdr *section;
	unsigned int i;

	for (i = 1; i < ld->elf.header->e_shnum; i++) {
		if (strcmp(section_name(ld, i), MODINFO_SECTION) != 0)
			continue;
		if (ld->elf.modinfo)
			return load_fail_unnamed(ld, ENOEXEC,
						 "Only one .modinfo section must exist.");
		ld->elf.modinfo = i;
	}
	if (!ld->elf.modinfo)
		return 0;
	section = ld->elf.sections + ld->elf.modinfo;
	if (!section_has_bytes(section))
		return load_fail_unnamed(ld, ENOEXEC,
					 "Invalid ELF section in module (section %u type %u)",
					 ld->elf.modinfo, section->sh_type);
	if (section->sh_size &&
	    ((const char *)section_data(ld, ld->elf.modinfo))[section->sh_size - 1] != '\0')
		return load_fail_unnamed(ld, ENOEXEC, ".modinfo section isn't NUL terminated");
	return 0;
}

/* Each check relies on those before it. From the last one on messages have the module's name. */
int elf_open(struct load *ld)
{
	int err;

	err = check_header(ld);
	err = err ?: check_sections(ld);
	err = err ?: check_names(ld);
	err = err ?: find_modinfo(ld);
	if (!err)
		ld->name = modinfo_get(ld, "name") ?: "(missing .modinfo section or name field)";
	return err;
}

int elf_verify(struct load *ld)
{
	int err;

	load_step(ld, STEP_DISTRUST);
	err = elf_open(ld);
	if (!err)
		load_tell(
			ld,
			"an ELF file, relocatable, for x86-64: %u sections, all inside its %zu bytes",
			ld->elf.header->e_shnum, ld->len);
	err = err ?: elf_verify_tables(ld);
	return err;
}
