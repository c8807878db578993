/* SPDX-License-Identifier: MIT */
/*
 * mismatch.c: references that point at nothing some day. Init memory is given back when init has
 * returned, exit code may never be loaded. So what stays must not refer to either, nor one of them
 * to the other; and an exception table refers to code only.
 *
 * Names excuse some: those of structures that are known to be used during init only.
 */
#include <fnmatch.h>
#include <stdlib.h>

#include "report.h"
#include "sections.h"

static unsigned int found;

unsigned int mismatches_found(void)
{
	return found;
}

/* One object under examination. */
struct examination {
	const struct object *obj;
	const char *name;
	const struct symbol *symbols;
	enum section_class *classes; /* of each section */
	size_t class_count;
	struct locator locator; /* made when it is needed first: most objects have no need */
};

struct reference {
	size_t from_section, to_section;
	enum section_class from, to;
	GElf_Addr offset;	    /* of the field in from_section */
	const struct symbol *owner; /* what the field belongs to; NULL: not known */
	const struct symbol *target;
};

static const struct symbol *symbol_at(struct examination *ex, size_t section, GElf_Addr offset)
{
	if (!ex->locator.sorted)
		locator_make(&ex->locator, ex->obj, ex->symbols);
	return locate(&ex->locator, section, offset);
}

/* Compilers refer to static things as "so many bytes behind the start of the section". */
static const struct symbol *target_of(struct examination *ex, const struct symbol *sym,
				      const GElf_Rela *rela)
{
	unsigned int type = GELF_R_TYPE(rela->r_info);
	GElf_Addr offset = sym->elf.st_value + (GElf_Addr)rela->r_addend;

	if (GELF_ST_TYPE(sym->elf.st_info) != STT_SECTION && *sym->name)
		return sym;
	/* The processor counts from the end of the field, the addend from its start. */
	if (type == R_X86_64_PC32 || type == R_X86_64_PLT32)
		offset += sizeof(uint32_t);
	return symbol_at(ex, sym->section, offset);
}

static bool is_code(const struct object *obj, size_t section)
{
	return object_section_flags(obj, section) & SHF_EXECINSTR;
}

static bool is_bad(const struct examination *ex, const struct reference *ref)
{
	switch (ref->from) {
	case SECTION_TEXT:
	case SECTION_DATA:
	case SECTION_CONST:
		return ref->to == SECTION_INIT || ref->to == SECTION_EXIT;
	case SECTION_INIT:
		return ref->to == SECTION_EXIT;
	case SECTION_EXIT:
		return ref->to == SECTION_INIT;
	case SECTION_EX_TABLE:
		return !is_code(ex->obj, ref->to_section);
	default:
		return false;
	}
}

static bool called_like(const struct symbol *sym, const char *const *patterns, size_t count)
{
	for (size_t i = 0; sym && i < count; i++)
		if (!fnmatch(patterns[i], sym->name, 0))
			return true;
	return false;
}

#define CALLED_LIKE(sym, patterns)                                                                 \
	called_like(sym, patterns, sizeof(patterns) / sizeof(*(patterns)))

static bool is_excused(const struct reference *ref)
{
	/* Tables of functions of which some run during init only. */
	static const char *const tables[] = {"*_template", "*_timer",	  "*_sht",    "*_ops",
					     "*_probe",	   "*_probe_one", "*_console"};
	/* What gcc makes of a function for one caller; that one may be init code. */
	static const char *const clones[] = {"*.constprop.*"};

	if (ref->from == SECTION_TEXT)
		return ref->to == SECTION_INIT && CALLED_LIKE(ref->owner, clones);
	if (ref->from == SECTION_DATA)
		return ref->to == SECTION_INIT && CALLED_LIKE(ref->owner, tables);
	/* Constants without a name are the compiler's: the tables of a switch in init code. */
	if (ref->from == SECTION_CONST)
		return !ref->owner || GELF_ST_TYPE(ref->owner->elf.st_info) != STT_OBJECT ||
		       ref->offset - ref->owner->elf.st_value >= ref->owner->elf.st_size ||
		       (ref->to == SECTION_INIT && CALLED_LIKE(ref->owner, tables));
	return false;
}

/* How the source marks what is in this section. */
static const char *mark_of(const struct examination *ex, size_t section)
{
	bool is_exit = ex->classes[section] == SECTION_EXIT;
	const char *name = object_section_name(ex->obj, section);

	if (is_code(ex->obj, section))
		return is_exit ? "__exit" : "__init";
	if (!fnmatch(".init.rodata*", name, 0))
		return "__initconst";
	return is_exit ? "__exitdata" : "__initdata";
}

static void hint_at_cure(const struct examination *ex, const struct reference *ref)
{
	const char *owner = ref->owner ? ref->owner->name : "it";
	const char *target = ref->target ? ref->target->name : "its target";
	const char *mark = mark_of(ex, ref->to_section);

	if (ref->from == SECTION_EX_TABLE)
		hint("an exception table lists addresses of code");
	else if (ref->to == SECTION_EXIT)
		hint("%s may not be loaded at all: take %s off it", target, mark);
	else if (ref->from == SECTION_EXIT)
		hint("%s is gone when %s runs: take %s off it", target, owner, mark);
	else
		hint("%s stays, %s is gone after init: mark both, or take %s off %s", owner, target,
		     mark, target);
}

static void complain_of(const struct examination *ex, const struct reference *ref)
{
	const struct symbol *owner = ref->owner;

	found++;
	warn("%s: section mismatch in reference: %s%s0x%jx (section: %s) -> %s (section: %s)",
	     ex->name, owner ? owner->name : "", owner ? "+" : "",
	     (uintmax_t)(ref->offset - (owner ? owner->elf.st_value : 0)),
	     object_section_name(ex->obj, ref->from_section),
	     ref->target ? ref->target->name : "(unknown)",
	     object_section_name(ex->obj, ref->to_section));
	hint_at_cure(ex, ref);
}

/* @rela is in section @from. */
static void examine(struct examination *ex, size_t from, const GElf_Rela *rela)
{
	size_t number = GELF_R_SYM(rela->r_info);
	const struct symbol *sym = &ex->symbols[number];
	struct reference ref = {.from_section = from, .offset = rela->r_offset};

	if (!number || number >= ex->obj->symbol_count || !sym->name || !sym->section ||
	    sym->section >= ex->class_count)
		return;
	ref.to_section = sym->section;
	ref.from = ex->classes[from];
	ref.to = ex->classes[ref.to_section];
	if (!is_bad(ex, &ref))
		return;
	ref.owner = symbol_at(ex, from, rela->r_offset);
	ref.target = target_of(ex, sym, rela);
	if (!is_excused(&ref))
		complain_of(ex, &ref);
}

static void examine_section(struct examination *ex, Elf_Scn *section)
{
	GElf_Shdr shdr;
	GElf_Rela rela;
	Elf_Data *data;
	size_t count;

	if (!gelf_getshdr(section, &shdr) || shdr.sh_type != SHT_RELA ||
	    shdr.sh_info >= ex->class_count || ex->classes[shdr.sh_info] == SECTION_OTHER)
		return;
	data = object_section_data(ex->obj, elf_ndxscn(section));
	count = data ? data->d_size / sizeof(Elf64_Rela) : 0;
	for (size_t i = 0; i < count; i++)
		if (gelf_getrela(data, (int)i, &rela))
			examine(ex, shdr.sh_info, &rela);
}

void check_references(const struct object *obj, const struct symbol *symbols, const char *name)
{
	struct examination ex = {.obj = obj, .name = name, .symbols = symbols};
	Elf_Scn *section = NULL;

	if (elf_getshdrnum(obj->elf, &ex.class_count))
		return;
	ex.classes = xcalloc(ex.class_count, sizeof(*ex.classes));
	for (size_t i = 1; i < ex.class_count; i++)
		ex.classes[i] = section_class(obj, i);
	while ((section = elf_nextscn(obj->elf, section)))
		examine_section(&ex, section);
	locator_free(&ex.locator);
	free(ex.classes);
}
