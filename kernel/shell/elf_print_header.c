/* SPDX-License-Identifier: MIT */
/* elf_print_header.c: elf -h, the ELF header. Names are those of the System V ABI, as readelf writes them. */
#include "shell/elf_file.h"

#include <linux/kernel.h>

#define EI_VERSION    6
#define EI_OSABI      7
#define EI_ABIVERSION 8
#define EV_CURRENT    1
#define OSABI_SYSV    0
#define OSABI_GNU     3

static const char *const types[] = {
	"NONE (None)",
	"REL (Relocatable file)",
	"EXEC (Executable file)",
	"DYN (Shared object file)",
	"CORE (Core file)",
};

static void print_type(struct io *io, unsigned int type)
{
	out(io, "  Type:                              ");
	if (type < ARRAY_SIZE(types))
		out(io, "%s\n", types[type]);
	else if (type >= 0xff00)
		out(io, "Processor Specific: (%x)\n", type);
	else if (type >= 0xfe00)
		out(io, "OS Specific: (%x)\n", type);
	else
		out(io, "<unknown>: %x\n", type);
}

static void print_ident(struct io *io, const u8 *ident)
{
	unsigned int i;

	out(io, "ELF Header:\n  Magic:   ");
	for (i = 0; i < EI_NIDENT; i++)
		out(io, "%02x ", ident[i]);
	out(io, "\n  Class:                             ELF64\n"
		"  Data:                              2's complement, little endian\n");
	out(io, "  Version:                           %u%s\n", ident[EI_VERSION],
	    ident[EI_VERSION] == EV_CURRENT ? " (current)" : " <unknown>");
	out(io, "  OS/ABI:                            ");
	if (ident[EI_OSABI] == OSABI_SYSV)
		out(io, "UNIX - System V\n");
	else if (ident[EI_OSABI] == OSABI_GNU)
		out(io, "UNIX - GNU\n");
	else
		out(io, "<unknown: %x>\n", ident[EI_OSABI]);
	out(io, "  ABI Version:                       %u\n", ident[EI_ABIVERSION]);
}

void elf_print_header(const struct elf_file *file)
{
	const Elf64_Ehdr *h = file->header;
	struct io *io = file->io;

	print_ident(io, h->e_ident);
	print_type(io, h->e_type);
	if (h->e_machine == EM_X86_64)
		out(io, "  Machine:                           Advanced Micro Devices X86-64\n");
	else
		out(io, "  Machine:                           <unknown>: 0x%x\n", h->e_machine);
	out(io, "  Version:                           0x%x\n", h->e_version);
	out(io, "  Entry point address:               0x%llx\n", h->e_entry);
	out(io, "  Start of program headers:          %llu (bytes into file)\n", h->e_phoff);
	out(io, "  Start of section headers:          %llu (bytes into file)\n", h->e_shoff);
	out(io, "  Flags:                             0x%x\n", h->e_flags);
	out(io, "  Size of this header:               %u (bytes)\n", h->e_ehsize);
	out(io, "  Size of program headers:           %u (bytes)\n", h->e_phentsize);
	out(io, "  Number of program headers:         %u\n", h->e_phnum);
	out(io, "  Size of section headers:           %u (bytes)\n", h->e_shentsize);
	out(io, "  Number of section headers:         %u\n", h->e_shnum);
	out(io, "  Section header string table index: %u", h->e_shstrndx);
	if (h->e_shstrndx != SHN_UNDEF && h->e_shstrndx >= h->e_shnum)
		out(io, " <corrupt: out of range>");
	out(io, "\n");
}
