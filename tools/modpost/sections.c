/* SPDX-License-Identifier: MIT */
/*
 * sections.c: what sections are for, which their names tell (include/linux/init.h gives them), and
 * which ones have no business in a module.
 */
#include "sections.h"

#include <fnmatch.h>

#include "report.h"

/* Shell patterns; the first that fits counts. */
static const struct {
	const char *name;
	enum section_class class;
} classes[] = {
	{".initcall*.init", SECTION_OTHER}, /* may point at init code: that is what it is for */
	{".exitcall.exit", SECTION_OTHER},  /* likewise */
	{".ref.*", SECTION_OTHER},	    /* on purpose */
	{".init.*", SECTION_INIT},
	{".exit.*", SECTION_EXIT},
	{".text", SECTION_TEXT},
	{".text.*", SECTION_TEXT},
	{".data", SECTION_DATA},
	{".data.*", SECTION_DATA},
	{".rodata", SECTION_CONST},
	{".rodata.*", SECTION_CONST},
	{"__ex_table", SECTION_EX_TABLE},
};

static bool fits(const char *pattern, const char *name)
{
	return !fnmatch(pattern, name, 0);
}

enum section_class section_class(const struct object *obj, size_t index)
{
	const char *name = object_section_name(obj, index);

	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (fits(classes[i].name, name))
			return classes[i].class;
	return object_section_flags(obj, index) & SHF_EXECINSTR ? SECTION_TEXT : SECTION_OTHER;
}

/* Sections that are not for the running program: debugging information and notes of the tools. */
static bool is_for_tools(const char *name)
{
	static const char *const patterns[] = {
		".comment*",	     ".debug*",	  ".zdebug*", ".stab*", ".note*",
		".gnu.warning*",     ".got*",	  ".toc*",    ".llvm*", ".gnu.lto*",
		".GCC.command.line", ".discard*",
	};

	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++)
		if (fits(patterns[i], name))
			return true;
	return false;
}

void check_section_flags(const struct object *obj, const char *name)
{
	Elf_Scn *section = NULL;
	GElf_Shdr shdr;

	while ((section = elf_nextscn(obj->elf, section))) {
		const char *called = object_section_name(obj, elf_ndxscn(section));

		if (!gelf_getshdr(section, &shdr) || shdr.sh_type != SHT_PROGBITS ||
		    !shdr.sh_size || (shdr.sh_flags & SHF_ALLOC) || is_for_tools(called))
			continue;
		warn("%s (%s): unexpected non-allocatable section.", name, called);
		hint("the loader skips it; assembly that wants it says .section %s, \"a\" for "
		     "constants, \"aw\" for data, \"ax\" for code",
		     called);
	}
}
