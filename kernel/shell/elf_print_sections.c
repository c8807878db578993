/* SPDX-License-Identifier: MIT */
/* elf_print_sections.c: elf -S, the section headers, in the columns of readelf -SW. */
#include "shell/elf_file.h"

#include <linux/kernel.h>
#include <linux/string.h>

#define FLAGS_ROOM 33 /* a letter for each of 32 bits */

static const struct {
	u32 type;
	const char *name;
} types[] = {
	{SHT_NULL, "NULL"},
	{SHT_PROGBITS, "PROGBITS"},
	{SHT_SYMTAB, "SYMTAB"},
	{SHT_STRTAB, "STRTAB"},
	{SHT_RELA, "RELA"},
	{5, "HASH"},
	{6, "DYNAMIC"},
	{SHT_NOTE, "NOTE"},
	{SHT_NOBITS, "NOBITS"},
	{SHT_REL, "REL"},
	{10, "SHLIB"},
	{11, "DYNSYM"},
	{14, "INIT_ARRAY"},
	{15, "FINI_ARRAY"},
	{16, "PREINIT_ARRAY"},
	{17, "GROUP"},
	{18, "SYMTAB SECTION INDICES"},
	{19, "RELR"},
	{0x6ffffff6, "GNU_HASH"},
	{0x6ffffffd, "VERDEF"},
	{0x6ffffffe, "VERNEED"},
	{0x6fffffff, "VERSYM"},
	{0x70000001, "X86_64_UNWIND"},
	{0x6fff4c03, "LLVM_ADDRSIG"},
};

/* The lowest bit first; what has no letter of its own is one of the last three. */
static const struct {
	u32 bits;
	char letter;
} flag_letters[] = {
	{0x1, 'W'},	   {0x2, 'A'},	      {0x4, 'X'},	 {0x10, 'M'},
	{0x20, 'S'},	   {0x40, 'I'},	      {0x80, 'L'},	 {0x100, 'O'},
	{0x200, 'G'},	   {0x400, 'T'},      {0x800, 'C'},	 {0x10000000, 'l'},
	{0x80000000, 'E'}, {0x0ff00000, 'o'}, {0xf0000000, 'p'}, {0xffffffff, 'x'},
};

static const char *type_name(u32 type, char unknown[24])
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(types); i++)
		if (types[i].type == type)
			return types[i].name;
	snprintf(unknown, 24, "%08x: <unknown>", type);
	return unknown;
}

static char letter_of(u32 bit)
{
	unsigned int i = 0;

	while (!(flag_letters[i].bits & bit))
		i++;
	return flag_letters[i].letter;
}

/* Each of the last three letters is written once, at the end, however many bits it stands for. */
static void flags_text(u64 flags, char text[FLAGS_ROOM])
{
	unsigned int bit, n = 0;
	char letter;

	for (bit = 0; bit < 32; bit++) {
		if (!(flags >> bit & 1))
			continue;
		letter = letter_of(1U << bit);
		text[n] = '\0';
		if (strchr("opx", letter) && strchr(text, letter))
			continue;
		text[n++] = letter;
	}
	text[n] = '\0';
}

static void print_row(const struct elf_file *file, unsigned int i)
{
	const Elf64_Shdr *s = file->sections + i;
	char flags[FLAGS_ROOM], unknown[24];
	struct io *io = file->io;
	int len;
	const char *name = elf_section_name(file, i, &len);

	out(io, "  [%2u] ", i);
	elf_print_name(io, name, len);
	flags_text(s->sh_flags, flags);
	out(io, "%*s %-15s %016llx %06llx %06llx %02llx %3s %2u %3u %2llu\n", max(17 - len, 0), "",
	    type_name(s->sh_type, unknown), s->sh_addr, s->sh_offset, s->sh_size, s->sh_entsize,
	    flags, s->sh_link, s->sh_info, s->sh_addralign);
}

bool elf_print_sections(const struct elf_file *file)
{
	unsigned int i;

	if (!file->count) {
		out(file->io, "\nThere are no sections in this file.\n");
		return true;
	}
	out(file->io, "\nSection Headers:\n"
		      "  [Nr] Name              Type            Address          Off    Size   ES "
		      "Flg Lk Inf Al\n");
	for (i = 0; i < file->count; i++)
		print_row(file, i);
	out(file->io, "Key to Flags:\n"
		      "  W (write), A (alloc), X (execute), M (merge), S (strings), I (info),\n"
		      "  L (link order), O (extra OS processing required), G (group), T (TLS),\n"
		      "  C (compressed), x (unknown), o (OS specific), E (exclude),\n"
		      "  D (mbind), l (large), p (processor specific)\n");
	return true;
}
