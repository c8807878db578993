/* SPDX-License-Identifier: MIT */
/*
 * ksym_place.c: which section of koan.elf has an address, by the symbols that linker.ld puts between
 * sections; and nm's letters in words. Tables inside of .rodata are named, since it is they that an
 * address of an export leads to.
 */
#include "shell/ksym_place.h"

#include <linux/ctype.h>
#include <linux/kernel.h>

/* linker.ld */
extern const char __boot_phys[], __boot_end_phys[];
extern const char __text_start[], __init_text_start[], __rodata_start[], __kallsyms_start[];
extern const char __start___ksymtab[], __stop___ksymtab[];
extern const char __start___ksymtab_gpl[], __stop___ksymtab_gpl[];
extern const char __start___ksymtab_gpl_future[], __stop___ksymtab_gpl_future[];
extern const char __start___param[], __stop___param[];
extern const char __rodata_end[], __init_data_start[], __init_data_end[], __kernel_end[];

/* [from, to); the first row that fits has the name. */
static const struct {
	const char *from, *to;
	const char *name;
} sections[] = {
	{__boot_phys, __boot_end_phys, ".boot, whose memory is given back"},
	{__text_start, __init_text_start, ".text"},
	{__init_text_start, __rodata_start, ".init.text"},
	{__start___ksymtab, __stop___ksymtab, ".rodata, table __ksymtab"},
	{__start___ksymtab_gpl, __stop___ksymtab_gpl, ".rodata, table __ksymtab_gpl"},
	{__start___ksymtab_gpl_future, __stop___ksymtab_gpl_future,
	 ".rodata, table __ksymtab_gpl_future"},
	{__start___param, __stop___param, ".rodata, table __param"},
	{__rodata_start, __kallsyms_start, ".rodata"},
	{__kallsyms_start, __rodata_end, ".kallsyms"},
	{__rodata_end, __init_data_start, ".data"},
	{__init_data_start, __init_data_end, ".init.data"},
	{__init_data_end, __kernel_end, ".bss"},
};

const char *kernel_section_at(unsigned long address)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sections); i++)
		if (address >= (unsigned long)sections[i].from &&
		    address < (unsigned long)sections[i].to)
			return sections[i].name;
	return NULL;
}

/* nm(1). In the kernel capitals are global symbols; in modules, what EXPORT_SYMBOL exports. */
const char *symbol_type_name(char letter)
{
	switch (tolower(letter)) {
	case 't':
		return "code";
	case 'd':
		return "data";
	case 'b':
		return "data that starts as zeros";
	case 'r':
		return "read-only data";
	case 'v':
	case 'w':
		return "weak";
	case 'a':
		return "a number, no place";
	default:
		return "something else";
	}
}
