/* SPDX-License-Identifier: MIT */
/*
 * relocate.c: phase 7. Each relocation tells how one field of a section depends on addresses that
 * are known only now:
 *
 *   S  the address of the symbol     A  the addend, from the file     P  the address of the field
 *
 * Assumes placed sections, resolved symbols, and fields inside their sections (elf_tables.c
 * looked). Promises that each field holds the whole result: one that does not fit is refused, never
 * cut, and so is a kind that is not in the table. P is where the module will see the field, which
 * may be elsewhere than where we write it.
 */
#include "module/load.h"
#include "module/file.h"
#include "module/link.h"

#include <linux/kernel.h>
#include <linux/string.h>

/* x86-64 ABI, table 4.9: the formulas we know, then names to refuse the others by. */
static const struct reloc_kind kinds[] = {
	{R_X86_64_NONE, 0, false, false, "R_X86_64_NONE"},
	{R_X86_64_64, 8, false, false, "R_X86_64_64"},	   /* S + A */
	{R_X86_64_PC32, 4, true, true, "R_X86_64_PC32"},   /* S + A - P */
	{R_X86_64_PLT32, 4, true, true, "R_X86_64_PLT32"}, /* the same: there is no PLT */
	{R_X86_64_32, 4, false, false, "R_X86_64_32"},	   /* S + A, zero-extended */
	{R_X86_64_32S, 4, false, true, "R_X86_64_32S"},	   /* S + A, sign-extended */
	{R_X86_64_PC64, 8, true, true, "R_X86_64_PC64"},   /* S + A - P */

	/* From here on RELOC_KINDS are behind us. */
	{R_X86_64_GOT32, 0, false, false, "R_X86_64_GOT32"},
	{R_X86_64_GOTPCREL, 0, false, false, "R_X86_64_GOTPCREL"},
	{R_X86_64_16, 0, false, false, "R_X86_64_16"},
	{R_X86_64_PC16, 0, false, false, "R_X86_64_PC16"},
	{R_X86_64_8, 0, false, false, "R_X86_64_8"},
	{R_X86_64_PC8, 0, false, false, "R_X86_64_PC8"},
	{R_X86_64_TLSGD, 0, false, false, "R_X86_64_TLSGD"},
	{R_X86_64_TLSLD, 0, false, false, "R_X86_64_TLSLD"},
	{R_X86_64_DTPOFF32, 0, false, false, "R_X86_64_DTPOFF32"},
	{R_X86_64_GOTTPOFF, 0, false, false, "R_X86_64_GOTTPOFF"},
	{R_X86_64_TPOFF32, 0, false, false, "R_X86_64_TPOFF32"},
	{R_X86_64_GOTOFF64, 0, false, false, "R_X86_64_GOTOFF64"},
	{R_X86_64_GOTPC32, 0, false, false, "R_X86_64_GOTPC32"},
	{R_X86_64_GOTPCRELX, 0, false, false, "R_X86_64_GOTPCRELX"},
	{R_X86_64_REX_GOTPCRELX, 0, false, false, "R_X86_64_REX_GOTPCRELX"},
};

const struct reloc_kind *reloc_kind(u32 type)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		if (kinds[i].type == type)
			return &kinds[i];
	return NULL;
}

const char *reloc_name(u32 type)
{
	const struct reloc_kind *kind = reloc_kind(type);

	return kind ? kind->name : NULL;
}

/* Used again, the field gives back all 64 bits of @value. (A field of no bytes is not used.) */
static bool fits(const struct reloc_kind *kind, u64 value)
{
	if (kind->width != 4)
		return true;
	return kind->is_signed ? value == (u64)(s64)(s32)value : value == (u32)value;
}

int reloc_apply(const struct reloc_kind *kind, u8 *field, u64 place, u64 target, u64 *result)
{
	static const u8 zero[8];

	*result = kind->pc_relative ? target - place : target;
	if (memcmp(field, zero, kind->width) != 0)
		return -EEXIST;
	if (!fits(kind, *result))
		return -ERANGE;
	memcpy(field, result, kind->width); /* x86 stores the low bytes first */
	return 0;
}

/* What a reader needs to find the place in the module's source, and @cure when there is one. */
static int refuse(struct load *ld, unsigned int section, const Elf64_Rela *rela, const char *cure)
{
	unsigned int symbol = ELF64_R_SYM(rela->r_info);
	const struct reloc_kind *kind = reloc_kind(ELF64_R_TYPE(rela->r_info));
	const char *name = symbol_name(ld, symbol);

	/* A section's own symbol has no name. */
	if (!*name && ld->elf.symbols[symbol].st_shndx < ld->elf.header->e_shnum)
		name = section_name(ld, ld->elf.symbols[symbol].st_shndx);
	return load_fail(ld, ENOEXEC, "%s of '%s'%+lld, in section %s at 0x%llx%s",
			 kind ? kind->name : "relocation", name, rela->r_addend,
			 section_name(ld, section), rela->r_offset, cure);
}

static int refuse_kind(struct load *ld, unsigned int section, const Elf64_Rela *rela)
{
	pr_err("%s: Unknown rela relocation: %llu\n", ld->name, ELF64_R_TYPE(rela->r_info));
	return refuse(ld, section, rela, ": compile with -fno-pic -mcmodel=kernel");
}

static int refuse_overflow(struct load *ld, unsigned int section, const Elf64_Rela *rela, u64 value)
{
	pr_err("overflow in relocation type %d val %llx\n", (int)ELF64_R_TYPE(rela->r_info), value);
	pr_err("`%s' likely not compiled with -mcmodel=kernel\n", ld->name);
	return refuse(ld, section, rela, "");
}

static int refuse_nonzero(struct load *ld, unsigned int section, const Elf64_Rela *rela,
			  const void *field, u64 value)
{
	pr_err("x86/modules: Invalid relocation target, existing value is nonzero for type %d, "
	       "loc %p, val %llx\n",
	       (int)ELF64_R_TYPE(rela->r_info), field, value);
	return refuse(ld, section, rela, "");
}

/* Its address would be that of a section that is not in memory. */
static bool points_nowhere(const struct load *ld, const Elf64_Sym *symbol)
{
	return symbol->st_shndx != SHN_UNDEF && symbol->st_shndx < ld->elf.header->e_shnum &&
	       ld->plan[symbol->st_shndx].kind == MOD_INVALID;
}

/* Of struct module, two fields are the file's to fill: the rest would be ours to crash on. */
static bool spoils_this_module(const struct load *ld, unsigned int section, u64 offset)
{
	return section == ld->elf.this_module && offset != offsetof(struct module, init) &&
	       offset != offsetof(struct module, exit);
}

/* --- how it went --- */

#define TOLD_OF_A_KIND 3 /* unless all are wanted */

/* One field: the formula with its numbers, and the bytes before and after. */
static void tell_one(struct load *ld, unsigned int section, const Elf64_Rela *rela,
		     const u8 before[8], u64 value)
{
	const struct reloc_kind *kind = reloc_kind(ELF64_R_TYPE(rela->r_info));
	const struct section_plan *plan = ld->plan + section;
	unsigned int symbol = ELF64_R_SYM(rela->r_info);
	char was[BYTES_TEXT_SIZE], is[BYTES_TEXT_SIZE];
	const char *name = symbol_name(ld, symbol);

	if (ld->relocated[kind - kinds]++ >= TOLD_OF_A_KIND && !ld->listener->every_relocation)
		return;
	if (!*name && ld->elf.symbols[symbol].st_shndx < ld->elf.header->e_shnum)
		name = section_name(ld, ld->elf.symbols[symbol].st_shndx);
	load_tell(ld, "%s+0x%llx %s %s S=0x%llx A=%lld P=0x%llx %s=0x%llx  %s -> %s",
		  section_name(ld, section), rela->r_offset, kind->name, *name ? name : "-",
		  ld->values[symbol], rela->r_addend, plan->address + rela->r_offset,
		  kind->pc_relative ? "S+A-P" : "S+A", value, bytes_text(before, kind->width, was),
		  bytes_text(plan->bytes + rela->r_offset, kind->width, is));
}

static void tell_counts(const struct load *ld)
{
	unsigned int i, count;

	for (i = 0; i < RELOC_KINDS; i++) {
		count = ld->relocated[i];
		if (count > TOLD_OF_A_KIND && !ld->listener->every_relocation)
			load_tell(ld, "%s: %u in all, %u of them not shown: -vv shows them",
				  kinds[i].name, count, count - TOLD_OF_A_KIND);
		else if (count)
			load_tell(ld, "%s: %u in all", kinds[i].name, count);
	}
}

static int relocate_one(struct load *ld, unsigned int section, const Elf64_Rela *rela)
{
	const struct section_plan *plan = ld->plan + section;
	const struct reloc_kind *kind = reloc_kind(ELF64_R_TYPE(rela->r_info));
	unsigned int symbol = ELF64_R_SYM(rela->r_info);
	u8 *field = plan->bytes + rela->r_offset, before[8] = {0};
	u64 value;

	if (!kind || (!kind->width && kind->type != R_X86_64_NONE))
		return refuse_kind(ld, section, rela);
	if (!kind->width) {
		/* R_X86_64_NONE changes nothing, whatever its symbol is */
		if (ld->listener)
			tell_one(ld, section, rela, before, ld->values[symbol] + rela->r_addend);
		return 0;
	}
	if (points_nowhere(ld, ld->elf.symbols + symbol))
		return refuse(ld, section, rela, ": the symbol's section is not loaded");
	if (spoils_this_module(ld, section, rela->r_offset))
		return refuse(ld, section, rela, ": the file may set init and exit only");
	if (ld->listener)
		memcpy(before, field, kind->width);
	switch (reloc_apply(kind, field, plan->address + rela->r_offset,
			    ld->values[symbol] + rela->r_addend, &value)) {
	case 0:
		if (ld->listener)
			tell_one(ld, section, rela, before, value);
		return 0;
	case -EEXIST:
		return refuse_nonzero(ld, section, rela, field, value);
	default:
		return refuse_overflow(ld, section, rela, value);
	}
}

/* All that section @index has to say about the section that it belongs to. */
static int apply_section(struct load *ld, unsigned int index)
{
	const Elf64_Shdr *section = ld->elf.sections + index;
	const Elf64_Rela *rela = section_data(ld, index);
	const Elf64_Rela *end = rela + section->sh_size / sizeof(*rela);
	int err;

	for (; rela < end; rela++) {
		err = relocate_one(ld, section->sh_info, rela);
		if (err)
			return err;
	}
	return 0;
}

int relocate_sections(struct load *ld)
{
	const Elf64_Shdr *section = ld->elf.sections;
	unsigned int i;
	int err;

	load_step(ld, STEP_RELOCATE);
	for (i = 1; i < ld->elf.header->e_shnum; i++) {
		if (section[i].sh_type != SHT_RELA ||
		    ld->plan[section[i].sh_info].kind == MOD_INVALID)
			continue;
		err = apply_section(ld, i);
		if (err)
			return err;
	}
	if (ld->listener)
		tell_counts(ld);
	return 0;
}
