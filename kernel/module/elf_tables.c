/* SPDX-License-Identifier: MIT */
/*
 * elf_tables.c: phase 1, continued: struct module, and what else the loader walks row by row.
 *
 * Assumes that elf_open() returned 0. Promises to the later phases, which then need not look again:
 *
 *   - struct module is one writable section of the right size, and its name ends
 *   - each table the loader walks (exports, CRCs, parameters, ...) is made of whole rows
 *   - each alignment is a power of two
 *
 * Texts are Linux's where it has one. Linear in the sections; allocates nothing.
 */
#include "module/load.h"
#include "module/file.h"
#include "module/private.h"

#include <linux/kernel.h>
#include <linux/string.h>

static int find_this_module(struct load *ld)
{
	unsigned int i;

	for (i = 1; i < ld->elf.header->e_shnum; i++) {
		if (strcmp(section_name(ld, i), THIS_MODULE_SECTION) != 0)
			continue;
		if (ld->elf.this_module)
			break;
		ld->elf.this_module = i;
	}
	if (!ld->elf.this_module || i < ld->elf.header->e_shnum)
		return load_fail_unnamed(ld, ENOEXEC,
					 "module %s: Exactly one " THIS_MODULE_SECTION
					 " section must exist.",
					 ld->name);
	return 0;
}

static int check_this_module(struct load *ld)
{
	const Elf64_Shdr *section = ld->elf.sections + ld->elf.this_module;
	const char *name;

	if (!section_has_bytes(section))
		return load_fail_unnamed(ld, ENOEXEC,
					 "module %s: " THIS_MODULE_SECTION
					 " section must have a size set",
					 ld->name);
	if (!section_is_loaded(section))
		return load_fail_unnamed(ld, ENOEXEC,
					 "module %s: " THIS_MODULE_SECTION
					 " section must occupy memory during process execution",
					 ld->name);
	if (section->sh_size != sizeof(struct module))
		return load_fail_unnamed(
			ld, ENOEXEC,
			"module %s: " THIS_MODULE_SECTION
			" section size must match the kernel's built struct module "
			"size at run time",
			ld->name);
	if (!(section->sh_flags & SHF_WRITE) || (section->sh_flags & SHF_EXECINSTR) ||
	    section->sh_addralign < __alignof__(struct module))
		return load_fail(ld, ENOEXEC,
				 THIS_MODULE_SECTION
				 " section must be writable data, aligned to %lu",
				 (unsigned long)__alignof__(struct module));
	name = section_data(ld, ld->elf.this_module) + offsetof(struct module, name);
	if (strnlen(name, MODULE_NAME_LEN) == MODULE_NAME_LEN)
		return load_fail(ld, ENOEXEC, "the name in struct module does not end");
	return 0;
}

/* What the loader walks row by row. */
static const struct {
	const char *name;
	unsigned int row;
} tables[] = {
	{"__ksymtab", sizeof(struct kernel_symbol)},
	{"__ksymtab_gpl", sizeof(struct kernel_symbol)},
	{"__ksymtab_gpl_future", sizeof(struct kernel_symbol)},
	{"__ksymtab_unused", sizeof(struct kernel_symbol)},
	{"__ksymtab_unused_gpl", sizeof(struct kernel_symbol)},
	{"__kcrctab", sizeof(u32)},
	{"__kcrctab_gpl", sizeof(u32)},
	{"__kcrctab_gpl_future", sizeof(u32)},
	{"__kcrctab_unused", sizeof(u32)},
	{"__kcrctab_unused_gpl", sizeof(u32)},
	{"__param", sizeof(struct kernel_param)},
	{".ctors", sizeof(ctor_fn_t)},
	{".init_array", sizeof(ctor_fn_t)},
};

static int check_rows(struct load *ld, unsigned int index)
{
	const Elf64_Shdr *section = ld->elf.sections + index;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(tables); i++)
		if (strcmp(section_name(ld, index), tables[i].name) == 0 &&
		    section->sh_size % tables[i].row)
			return load_fail(ld, ENOEXEC, "section %s has %llu bytes, not rows of %u",
					 tables[i].name, section->sh_size, tables[i].row);
	return 0;
}

/* What is loaded is checked as such even if it calls itself a table of relocations. */
static int check_section(struct load *ld, unsigned int index)
{
	const Elf64_Shdr *section = ld->elf.sections + index;
	bool loaded = section_is_loaded(section);
	int err = 0;

	if (loaded && section->sh_addralign & (section->sh_addralign - 1))
		return load_fail(ld, ENOEXEC, "section %s has alignment %llu, not a power of two",
				 section_name(ld, index), section->sh_addralign);
	if (loaded)
		err = check_rows(ld, index);
	if (!err && (section->sh_type == SHT_RELA || section->sh_type == SHT_REL))
		err = elf_verify_relocations(ld, index);
	return err;
}

static int check_contents(struct load *ld)
{
	unsigned int i;
	int err;

	for (i = 1; i < ld->elf.header->e_shnum; i++) {
		err = check_section(ld, i);
		if (err)
			return err;
	}
	return 0;
}

int elf_verify_tables(struct load *ld)
{
	int err;

	err = find_this_module(ld);
	err = err ?: check_this_module(ld);
	err = err ?: elf_verify_symbols(ld);
	err = err ?: check_contents(ld);
	if (!err)
		load_tell(ld, "symbol table in section %u: %u symbols, each inside its section",
			  ld->elf.symtab, ld->elf.symbol_count);
	return err;
}
