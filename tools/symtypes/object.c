/* SPDX-License-Identifier: MIT */
/*
 * object.c: opens an object file. Decides whether it is one, and that each of its sections lies
 * inside it; only then libdwfl may read it, which lays out the sections of a relocatable file and
 * relocates its debug information as a linker would.
 */
#include "symtypes.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report.h"

/*
 * Far more than a correct file needs; a hostile one can describe, in a few bytes, a type whose text
 * takes forever to write and fills any memory.
 */
#define STEPS_PER_BYTE 64
#define ROOM_PER_BYTE  64
#define ROOM_AT_LEAST  ((size_t)64 << 20)

static uint64_t open_file(struct image *image)
{
	struct stat status;

	/* O_NONBLOCK: opening a FIFO must not wait for somebody to write; fstat() then refuses it. */
	image->fd = open(image->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (image->fd < 0 || fstat(image->fd, &status))
		trouble(image->path, "%s", strerror(errno));
	if (!S_ISREG(status.st_mode))
		trouble(image->path, "not a regular file");
	if (!status.st_size)
		trouble(image->path, "empty");
	return (uint64_t)status.st_size;
}

static void check_header(const struct image *image, const GElf_Ehdr *header, uint64_t size)
{
	if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_ident[EI_DATA] != ELFDATA2LSB)
		trouble(image->path, "not a 64-bit little-endian ELF file");
	if (header->e_machine != EM_X86_64)
		trouble(image->path, "made for machine %u, not x86-64 (%u)", header->e_machine,
			EM_X86_64);
	if (header->e_type != ET_REL && header->e_type != ET_EXEC)
		trouble(image->path, "ELF type %u, neither an object file (%u) nor a kernel (%u)",
			header->e_type, ET_REL, ET_EXEC);
	if (!header->e_shoff)
		trouble(image->path, "has no sections");
	if (header->e_shoff > size - sizeof(Elf64_Ehdr))
		trouble(image->path, "its section headers begin at byte %ju, but it has only %ju",
			(uintmax_t)header->e_shoff, (uintmax_t)size);
}

/* The number stands in the header; or, when it needs more than 16 bits, in section 0. */
static void check_table(const struct image *image, const GElf_Ehdr *header, uint64_t size)
{
	size_t count = header->e_shnum;

	if (!count && elf_getshdrnum(image->elf, &count))
		trouble(image->path, "how many sections? %s", elf_errmsg(-1));
	if (!count)
		trouble(image->path, "has no sections");
	if (count > (size - header->e_shoff) / sizeof(Elf64_Shdr))
		trouble(image->path, "%zu section headers from byte %ju on go past its end at %ju",
			count, (uintmax_t)header->e_shoff, (uintmax_t)size);
}

static void check_section(const struct image *image, Elf_Scn *section, uint64_t size)
{
	GElf_Shdr header;

	if (!gelf_getshdr(section, &header))
		trouble(image->path, "section %zu: %s", elf_ndxscn(section), elf_errmsg(-1));
	if (header.sh_type == SHT_NOBITS || header.sh_type == SHT_NULL)
		return;
	/* By a difference: the sum of both may wrap. */
	if (header.sh_offset > size || header.sh_size > size - header.sh_offset)
		trouble(image->path,
			"section %zu (bytes %ju, %ju of them) goes past the file's end at %ju",
			elf_ndxscn(section), (uintmax_t)header.sh_offset, (uintmax_t)header.sh_size,
			(uintmax_t)size);
}

static void check_elf(struct image *image, uint64_t size)
{
	Elf_Scn *section = NULL;
	GElf_Ehdr header;

	if (elf_kind(image->elf) != ELF_K_ELF || !gelf_getehdr(image->elf, &header))
		trouble(image->path, "not an ELF file");
	check_header(image, &header, size);
	check_table(image, &header, size);
	while ((section = elf_nextscn(image->elf, section)))
		check_section(image, section, size);
}

/* Nothing but the file itself is looked at: no separate debug files, no server that has them. */
static int find_nothing(Dwfl_Module *module, void **data, const char *name, Dwarf_Addr base,
			const char *file_name, const char *link, GElf_Word crc, char **found)
{
	(void)module, (void)data, (void)name, (void)base;
	(void)file_name, (void)link, (void)crc, (void)found;
	return -1;
}

static const Dwfl_Callbacks callbacks = {
	.find_debuginfo = find_nothing,
	.section_address = dwfl_offline_section_address,
};

/* Asked before libdwfl is: to it, no debug information is an error like any other. */
static bool has_debug_info(const struct image *image)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	size_t names;

	if (elf_getshdrstrndx(image->elf, &names))
		trouble(image->path, "where are its sections' names? %s", elf_errmsg(-1));
	while ((section = elf_nextscn(image->elf, section))) {
		const char *name = NULL;

		if (gelf_getshdr(section, &header))
			name = elf_strptr(image->elf, names, header.sh_name);
		if (name && !strcmp(name, ".debug_info"))
			return true;
	}
	return false;
}

void object_open(struct image *image)
{
	uint64_t size = open_file(image);

	image->steps_left = size * STEPS_PER_BYTE;
	image->pool.left = size * ROOM_PER_BYTE + ROOM_AT_LEAST;
	elf_version(EV_CURRENT);
	image->elf = elf_begin(image->fd, ELF_C_READ, NULL);
	if (!image->elf)
		trouble(image->path, "%s", elf_errmsg(-1));
	check_elf(image, size);
	image->has_debug_info = has_debug_info(image);
}

void object_open_debug_info(struct image *image)
{
	Dwfl_Module *module;
	Dwarf_Addr bias;

	image->dwfl = dwfl_begin(&callbacks);
	if (!image->dwfl)
		trouble(image->path, "%s", dwfl_errmsg(-1));
	module = dwfl_report_offline(image->dwfl, image->path, image->path, -1);
	if (!module || dwfl_report_end(image->dwfl, NULL, NULL))
		trouble(image->path, "%s", dwfl_errmsg(-1));
	image->dwarf = dwfl_module_getdwarf(module, &bias);
	if (!image->dwarf)
		trouble(image->path, "its debug information: %s", dwfl_errmsg(-1));
}

void object_close(struct image *image)
{
	dwfl_end(image->dwfl);
	elf_end(image->elf);
	close(image->fd);
}
