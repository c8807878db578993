/* SPDX-License-Identifier: MIT */
/*
 * layout.c: phase 3, plan. Which section lives in which kind of memory, and how far from its start.
 *
 * Assumes a file that elf_verify() let pass: alignments are powers of two. Decides by what a
 * section wants (its flags) and how long it wants it (the prefix .init); unknown sections that take
 * memory are loaded as well, all others are left in the file. Promises that sections of a kind
 * follow each other in the file's order, each at its alignment, without overlap. Pure, except that
 * it allocates the plan, which struct load owns. The ELF headers are never used for scratch.
 */
#include "module/load.h"
#include "module/file.h"
#include "module/memory.h"

#include <linux/kernel.h>
#include <linux/overflow.h>
#include <linux/slab.h>
#include <linux/string.h>

const char *mem_kind_name(enum mod_mem_type kind)
{
	static const char *const names[MOD_MEM_NUM_TYPES] = {
		[MOD_TEXT] = "text",
		[MOD_DATA] = "data",
		[MOD_RODATA] = "read-only data",
		[MOD_RO_AFTER_INIT] = "data read-only after init",
		[MOD_INIT_TEXT] = "init text",
		[MOD_INIT_DATA] = "init data",
		[MOD_INIT_RODATA] = "init read-only data",
	};

	return names[kind];
}

static bool starts_with(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

static enum mod_mem_type kind_of(const char *name, u64 flags)
{
	/* Code that will never run is kept as long as code that ran once. */
	bool init = starts_with(name, ".init") ||
		    (!IS_ENABLED(CONFIG_MODULE_UNLOAD) && starts_with(name, ".exit"));

	if (flags & SHF_EXECINSTR)
		return init ? MOD_INIT_TEXT : MOD_TEXT;
	if (strcmp(name, ".data..ro_after_init") == 0)
		return MOD_RO_AFTER_INIT;
	if (flags & SHF_WRITE)
		return init ? MOD_INIT_DATA : MOD_DATA;
	return init ? MOD_INIT_RODATA : MOD_RODATA;
}

/* Linux looks at every section here, loaded or not. */
static int refuse_write_and_execute(struct load *ld)
{
	const u64 both = SHF_WRITE | SHF_EXECINSTR;
	unsigned int i;

	if (!IS_ENABLED(CONFIG_STRICT_MODULE_RWX))
		return 0;
	for (i = 0; i < ld->elf.header->e_shnum; i++)
		if ((ld->elf.sections[i].sh_flags & both) == both)
			return load_fail(ld, ENOEXEC,
					 "section %s (index %d) has invalid WRITE|EXEC flags",
					 section_name(ld, i), i);
	return 0;
}

/* Compared while the module is linked, then of no more use. */
static bool is_for_loading_only(const char *name)
{
	return strcmp(name, VERSIONS_SECTION) == 0 || strcmp(name, VERSION_EXT_CRCS_SECTION) == 0 ||
	       strcmp(name, VERSION_EXT_NAMES_SECTION) == 0;
}

/* Puts section @i behind what its block holds already. */
static int plan_section(struct load *ld, unsigned int i)
{
	const Elf64_Shdr *section = ld->elf.sections + i;
	struct section_plan *plan = ld->plan + i;
	u64 align = section->sh_addralign ?: 1; /* the ABI: 0 and 1 both mean "any" */
	struct block_plan *block;
	u64 start;

	if (!section_is_loaded(section) || is_for_loading_only(section_name(ld, i))) {
		plan->kind = MOD_INVALID;
		return 0;
	}
	plan->kind = kind_of(section_name(ld, i), section->sh_flags);
	block = ld->blocks + plan->kind;
	if (check_add_overflow(block->size, align - 1, &start) ||
	    check_add_overflow(start & ~(align - 1), section->sh_size, &block->size))
		return load_fail(ld, ENOEXEC,
				 "section %s (%llu bytes, alignment %llu) does not fit into memory",
				 section_name(ld, i), section->sh_size, align);
	plan->offset = start & ~(align - 1);
	block->align = max(block->align, align);
	return 0;
}

static void tell_section(const struct load *ld, unsigned int i)
{
	const Elf64_Shdr *section = ld->elf.sections + i;
	const struct section_plan *plan = ld->plan + i;
	char flags[SECTION_FLAGS_SIZE], place[48];

	if (plan->kind == MOD_INVALID)
		strscpy(place,
			section_is_loaded(section) ? "for loading only" : "stays in the file",
			sizeof(place));
	else
		snprintf(place, sizeof(place), "%s + 0x%llx", mem_kind_name(plan->kind),
			 plan->offset);
	load_tell(ld, "[%2u] %s %s %s 0x%llx bytes, align %llu: %s", i, section_name(ld, i),
		  section_type_text(section->sh_type),
		  *section_flags_text(section->sh_flags, flags) ? flags : "-", section->sh_size,
		  section->sh_addralign, place);
}

static void tell_plan(const struct load *ld)
{
	unsigned int i;

	for (i = 1; i < ld->elf.header->e_shnum; i++)
		tell_section(ld, i);
	for (i = 0; i < MOD_MEM_NUM_TYPES; i++)
		if (ld->blocks[i].size)
			load_tell(ld, "%s: 0x%llx bytes, align %llu", mem_kind_name(i),
				  ld->blocks[i].size, ld->blocks[i].align);
}

int layout_plan(struct load *ld)
{
	unsigned int i;
	int err;

	load_step(ld, STEP_PLAN);
	err = refuse_write_and_execute(ld);
	if (err)
		return err;
	ld->plan = kcalloc(ld->elf.header->e_shnum, sizeof(*ld->plan), GFP_KERNEL);
	if (!ld->plan)
		return load_fail(ld, ENOMEM, "no memory to plan %u sections",
				 ld->elf.header->e_shnum);
	for (i = 0; i < ld->elf.header->e_shnum; i++) {
		err = plan_section(ld, i);
		if (err)
			return err;
	}
	if (ld->listener)
		tell_plan(ld);
	return 0;
}
