/* SPDX-License-Identifier: MIT */
/*
 * elf_file.c: finding things in a file that may lie about where they are. Every offset is compared
 * with the file's size before it is followed; every product is of numbers too small to wrap.
 */
#include "shell/elf_file.h"

#include <linux/kernel.h>
#include <linux/string.h>

#define NAME_MAX_SHOWN                                                                             \
	512 /* characters: a compiler's are shorter; a liar's may be all of the file */
#define CORRUPT "<corrupt>"

static bool lies_in(const struct elf_file *file, u64 offset, u64 size)
{
	return offset <= file->size && size <= file->size - offset;
}

static bool find_sections(struct elf_file *file)
{
	const Elf64_Ehdr *header = file->header;

	if (!header->e_shnum)
		return true;
	if (header->e_shentsize != sizeof(Elf64_Shdr)) {
		complain(file->io, "%s: section headers have %u bytes, expected %lu\n", file->path,
			 header->e_shentsize, (unsigned long)sizeof(Elf64_Shdr));
		return false;
	}
	if (!lies_in(file, header->e_shoff, header->e_shnum * sizeof(Elf64_Shdr))) {
		complain(file->io,
			 "%s: %u section headers at 0x%llx reach beyond the file's 0x%lx bytes: is "
			 "it cut off?\n",
			 file->path, header->e_shnum, header->e_shoff, (unsigned long)file->size);
		return false;
	}
	file->sections = (const Elf64_Shdr *)(file->data + header->e_shoff);
	file->count = header->e_shnum;
	return true;
}

bool elf_file_open(struct elf_file *file)
{
	const Elf64_Ehdr *header = (const Elf64_Ehdr *)file->data;

	if (file->size < SELFMAG || memcmp(file->data, ELFMAG, SELFMAG) != 0) {
		complain(file->io,
			 "Error: %s: Not an ELF file - it has the wrong magic bytes at the start\n",
			 file->path);
		return false;
	}
	if (file->size < sizeof(*header)) {
		complain(file->io, "%s: the header is cut off: %lu bytes of %lu\n", file->path,
			 (unsigned long)file->size, (unsigned long)sizeof(*header));
		return false;
	}
	if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_ident[EI_DATA] != ELFDATA2LSB) {
		complain(file->io, "%s: class %u, data %u: only 64-bit little-endian is known\n",
			 file->path, header->e_ident[EI_CLASS], header->e_ident[EI_DATA]);
		return false;
	}
	file->header = header;
	return find_sections(file);
}

const void *elf_rows(const struct elf_file *file, unsigned int index, size_t row, u64 *count)
{
	const Elf64_Shdr *section = file->sections + index;

	if (!lies_in(file, section->sh_offset, section->sh_size)) {
		complain(file->io,
			 "%s: section %u: 0x%llx bytes at 0x%llx reach beyond the file's 0x%lx\n",
			 file->path, index, section->sh_size, section->sh_offset,
			 (unsigned long)file->size);
		return NULL;
	}
	if (section->sh_entsize != row) {
		complain(file->io, "%s: section %u has rows of %llu bytes, expected %lu\n",
			 file->path, index, section->sh_entsize, (unsigned long)row);
		return NULL;
	}
	*count = section->sh_size / row;
	return file->data + section->sh_offset;
}

const char *elf_string(const struct elf_file *file, u32 table, u64 offset, int *len)
{
	const Elf64_Shdr *section;
	const char *string;
	size_t room;

	*len = strlen(CORRUPT);
	if (table >= file->count)
		return CORRUPT;
	section = file->sections + table;
	if (section->sh_type == SHT_NOBITS ||
	    !lies_in(file, section->sh_offset, section->sh_size) || offset >= section->sh_size)
		return CORRUPT;
	string = (const char *)file->data + section->sh_offset + offset;
	room = min_t(u64, section->sh_size - offset, NAME_MAX_SHOWN);
	*len = (int)strnlen(string, room);
	return string;
}

const char *elf_section_name(const struct elf_file *file, unsigned int index, int *len)
{
	return elf_string(file, file->header->e_shstrndx, file->sections[index].sh_name, len);
}

void elf_print_name(struct io *io, const char *name, int len)
{
	int plain;

	while (len > 0) {
		for (plain = 0; plain < len && (u8)name[plain] >= ' ' && name[plain] != 0x7f;)
			plain++;
		out_write(io, name, plain);
		if (plain < len)
			out(io, "^%c", name[plain] ^ 0x40);
		name += plain + 1;
		len -= plain + 1;
	}
}
