/* SPDX-License-Identifier: MIT */
/*
 * module_file.h: module files made by hand, for the tests of the loader's pure phases, and the few
 * functions of the kernel that those phases call: printk() remembers, kmalloc() is the C library's.
 *
 * A file is exactly as long as its block on the heap, so the sanitizers see every byte too far.
 */
#ifndef TESTS_HOST_MODULE_FILE_H
#define TESTS_HOST_MODULE_FILE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "module/load.h"
#include "module/file.h"
#include "module/link.h"
#include "module/memory.h"
#include "module/private.h"
#include "module/records.h"

#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/vermagic.h>

/* --- what the kernel would provide --- */

static char logged[65536]; /* all messages since forget_log(), without their levels */

static __maybe_unused void forget_log(void)
{
	logged[0] = '\0';
}

int printk(const char *fmt, ...)
{
	size_t used = strlen(logged);
	va_list args;
	int len;

	if (fmt[0] == KERN_SOH_ASCII)
		fmt += 2;
	va_start(args, fmt);
	len = vsnprintf(logged + used, sizeof(logged) - used, fmt, args);
	va_end(args);
	return len;
}

static __maybe_unused long live_blocks; /* handed out and not given back */
static __maybe_unused long fail_at;	/* the number of the allocation that fails; 0: none */
static __maybe_unused long allocations;

/* kcalloc() calls it with __GFP_ZERO. */
void *kmalloc(size_t size, gfp_t flags)
{
	(void)flags;
	if (++allocations == fail_at)
		return NULL;
	live_blocks++;
	return calloc(1, size);
}

void kfree(const void *p)
{
	live_blocks -= p != NULL;
	free((void *)p);
}

/* --- files --- */

#define FILE_SECTIONS 24

/* One section; offset and name are filled in by make_file(). */
struct section_spec {
	const char *name;
	u32 type;
	u64 flags;
	u64 align;
	u64 size;
	const void *data; /* NULL: zeroes */
	u32 link, info;
	u64 entsize;
};

struct module_file {
	u8 *bytes; /* heap */
	size_t len;
	Elf64_Ehdr *header;
	Elf64_Shdr *sections;
};

static __maybe_unused void *file_data(const struct module_file *file, unsigned int section)
{
	return file->bytes + file->sections[section].sh_offset;
}

static __maybe_unused Elf64_Shdr make_header(const struct section_spec *spec, size_t name,
					     size_t offset)
{
	return (Elf64_Shdr){
		.sh_name = name,
		.sh_type = spec->type,
		.sh_flags = spec->flags,
		.sh_offset = offset,
		.sh_size = spec->size,
		.sh_link = spec->link,
		.sh_info = spec->info,
		.sh_addralign = spec->align,
		.sh_entsize = spec->entsize,
	};
}

static __maybe_unused void make_elf_header(struct module_file *file, unsigned int sections)
{
	memcpy(file->header->e_ident, ELFMAG, SELFMAG);
	file->header->e_ident[EI_CLASS] = ELFCLASS64;
	file->header->e_ident[EI_DATA] = ELFDATA2LSB;
	file->header->e_type = ET_REL;
	file->header->e_machine = EM_X86_64;
	file->header->e_shentsize = sizeof(Elf64_Shdr);
	file->header->e_shoff = (u8 *)file->sections - file->bytes;
	file->header->e_shnum = sections;
	file->header->e_shstrndx = sections - 1;
}

/* Section 0 and the last one, which holds the names, are added. Headers come last in the file. */
static __maybe_unused struct module_file make_file(const struct section_spec *given,
						   unsigned int count)
{
	char names[4096] = "";
	struct section_spec specs[FILE_SECTIONS] = {{0}};
	Elf64_Shdr headers[FILE_SECTIONS] = {{0}};
	size_t at = sizeof(Elf64_Ehdr), names_len = 1;
	struct module_file file;
	unsigned int i;

	assert_true(count + 2 <= FILE_SECTIONS);
	memcpy(specs + 1, given, count * sizeof(*specs));
	specs[++count] = (struct section_spec){".shstrtab", SHT_STRTAB, 0, 1, 0, names, 0, 0, 0};
	for (i = 1; i <= count; i++) {
		size_t name = names_len;

		names_len += sprintf(names + name, "%s", specs[i].name) + 1;
		if (i == count)
			specs[i].size = names_len;
		headers[i] = make_header(&specs[i], name, at);
		at += specs[i].type == SHT_NOBITS ? 0 : specs[i].size;
	}
	file.len = at + (count + 1) * sizeof(Elf64_Shdr);
	file.bytes = calloc(1, file.len);
	file.header = (Elf64_Ehdr *)file.bytes;
	file.sections = (Elf64_Shdr *)(file.bytes + at);
	make_elf_header(&file, count + 1);
	memcpy(file.sections, headers, (count + 1) * sizeof(Elf64_Shdr));
	for (i = 1; i <= count; i++)
		if (specs[i].data && specs[i].type != SHT_NOBITS)
			memcpy(file_data(&file, i), specs[i].data, specs[i].size);
	return file;
}

static __maybe_unused void free_file(struct module_file *file)
{
	free(file->bytes);
}

/* --- a good module --- */

enum good_section {
	TEXT = 1,
	RELA_TEXT,
	DATA,
	BSS,
	MODINFO,
	SELF,
	SYMTAB,
	STRTAB,
	INIT_TEXT,
	RODATA,
	KSYMTAB,
	DEBUG,
	RELA_DEBUG,
	NAMES,
	GOOD_SECTIONS,
};

enum good_symbol { SYM_NONE, SYM_SECTION, SYM_DATA, SYM_OUTSIDE, SYM_FIXED, GOOD_SYMBOLS };

static const char good_strings[] = "\0data_symbol\0outside\0fixed";
#define GOOD_MODINFO                                                                               \
	"license=GPL\0name=good\0\0\0depends=\0vermagic=" VERMAGIC_STRING "\0import_ns=B\0"        \
	"import_ns=A"

static const Elf64_Sym good_symbols[GOOD_SYMBOLS] = {
	[SYM_SECTION] = {.st_info = 3, .st_shndx = TEXT},
	[SYM_DATA] = {.st_name = 1, .st_info = 0x11, .st_shndx = DATA, .st_value = 8},
	[SYM_OUTSIDE] = {.st_name = 13, .st_info = 0x10, .st_shndx = SHN_UNDEF},
	[SYM_FIXED] = {.st_name = 21, .st_info = 0x10, .st_shndx = SHN_ABS, .st_value = 0x1234},
};

#define RELA_INFO(symbol, type) ((u64)(symbol) << 32 | (type))

static const Elf64_Rela good_relas[] = {
	{0, RELA_INFO(SYM_OUTSIDE, R_X86_64_PLT32), -4},
	{8, RELA_INFO(SYM_DATA, R_X86_64_64), 4},
	{28, RELA_INFO(SYM_DATA, R_X86_64_32S), 0},
};

static __maybe_unused struct module_file good_file_saying(const char *modinfo, size_t len)
{
	struct module mod = {.name = "good"};
	const u64 ax = SHF_ALLOC | SHF_EXECINSTR, wa = SHF_ALLOC | SHF_WRITE;
	const struct section_spec specs[] = {
		{".text", SHT_PROGBITS, ax, 16, 32, NULL, 0, 0, 0},
		{".rela.text", SHT_RELA, 0, 8, sizeof(good_relas), good_relas, SYMTAB, TEXT,
		 sizeof(Elf64_Rela)},
		{".data", SHT_PROGBITS, wa, 8, 16, NULL, 0, 0, 0},
		{".bss", SHT_NOBITS, wa, 32, 100, NULL, 0, 0, 0},
		{".modinfo", SHT_PROGBITS, SHF_ALLOC, 1, len, modinfo, 0, 0, 0},
		{".gnu.linkonce.this_module", SHT_PROGBITS, wa, 64, sizeof(mod), &mod, 0, 0, 0},
		{".symtab", SHT_SYMTAB, 0, 8, sizeof(good_symbols), good_symbols, STRTAB, 0,
		 sizeof(Elf64_Sym)},
		{".strtab", SHT_STRTAB, 0, 1, sizeof(good_strings), good_strings, 0, 0, 0},
		{".init.text", SHT_PROGBITS, ax, 16, 10, NULL, 0, 0, 0},
		{".rodata", SHT_PROGBITS, SHF_ALLOC, 4, 7, NULL, 0, 0, 0},
		{"__ksymtab", SHT_PROGBITS, SHF_ALLOC, 8, 24, NULL, 0, 0, 0},
		{".debug_info", SHT_PROGBITS, 0, 1, 9, NULL, 0, 0, 0},
		{".rela.debug_info", SHT_RELA, 0, 8, 24, NULL, SYMTAB, DEBUG, sizeof(Elf64_Rela)},
	};

	return make_file(specs, ARRAY_SIZE(specs));
}

static __maybe_unused struct module_file good_file(void)
{
	return good_file_saying(GOOD_MODINFO, sizeof(GOOD_MODINFO));
}

/* The name in its struct module, which may lie at any address: it is reached without the struct. */
static __maybe_unused char *module_name_in(const struct module_file *file)
{
	return (char *)file_data(file, SELF) + offsetof(struct module, name);
}

/* --- loads --- */

static __maybe_unused struct load load_of(const struct module_file *file)
{
	forget_log();
	return (struct load){.image = file->bytes, .len = file->len, .name = "file"};
}

static __maybe_unused void free_load(struct load *ld)
{
	free((void *)ld->info.namespaces);
	free(ld->versions);
	free(ld->plan);
	free(ld->values);
}

#endif
