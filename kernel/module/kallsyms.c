/* SPDX-License-Identifier: MIT */
/*
 * kallsyms.c: a module's symbols, for /proc/kallsyms, backtraces and debuggers.
 *
 * Assumes relocated export tables in strcmp() order. Keeps what has a name and lies in memory, in
 * the file's order, and hands it down to sym/. The letters are nm's, as Linux gives them to
 * modules: small ones, and a capital only for a symbol exported to everyone (EXPORT_SYMBOL).
 */
#include "module/file.h"
#include "module/kallsyms.h"

#include <linux/bsearch.h>
#include <linux/slab.h>
#include <linux/string.h>

/* Many symbols may share one name of a megabyte: who sorts them must not compare it for hours. */
static bool has_usual_name(const struct load *ld, unsigned int i)
{
	const char *name = symbol_name(ld, i);

	return *name && strnlen(name, KSYM_NAME_LEN) < KSYM_NAME_LEN;
}

/* .modinfo is read, never pointed at: Linux does not even load it. */
static bool is_shown(const struct load *ld, unsigned int i)
{
	const Elf64_Sym *symbol = ld->elf.symbols + i;

	return symbol->st_shndx != SHN_UNDEF && symbol->st_shndx < ld->elf.header->e_shnum &&
	       symbol->st_shndx != ld->elf.modinfo &&
	       ld->plan[symbol->st_shndx].kind != MOD_INVALID && has_usual_name(ld, i);
}

static int compare_to_row(const void *name, const void *row)
{
	return strcmp(name, ((const struct kernel_symbol *)row)->name);
}

static bool is_exported_to_all(const struct module *mod, const char *name, u64 value)
{
	const struct kernel_symbol *row =
		bsearch(name, mod->syms, mod->num_syms, sizeof(*mod->syms), compare_to_row);

	return row && row->value == value;
}

/* Weak comes first, as in nm: it says more than the section does. */
static char type_letter(const Elf64_Sym *symbol, const Elf64_Shdr *section)
{
	if (ELF64_ST_BIND(symbol->st_info) == STB_WEAK)
		return ELF64_ST_TYPE(symbol->st_info) == STT_OBJECT ? 'v' : 'w';
	if (section->sh_flags & SHF_EXECINSTR)
		return 't';
	if (section->sh_type == SHT_NOBITS)
		return 'b';
	return section->sh_flags & SHF_WRITE ? 'd' : 'r';
}

static struct kallsyms_part *part_of(const struct load *ld, unsigned int i)
{
	enum mod_mem_type kind = ld->plan[ld->elf.symbols[i].st_shndx].kind;

	return ld->mod->kallsyms->parts + (kind >= MOD_INIT_TEXT ? KALLSYMS_INIT : KALLSYMS_CORE);
}

static void add_symbol(const struct load *ld, unsigned int i)
{
	const Elf64_Sym *symbol = ld->elf.symbols + i;
	struct kallsyms_part *part = part_of(ld, i);
	struct ksym *sym = part->syms + part->table.count++;

	sym->address = ld->values[i];
	sym->name = ld->mod->kallsyms->names + symbol->st_name;
	sym->module = ld->mod->name;
	sym->type = type_letter(symbol, ld->elf.sections + symbol->st_shndx);
	if (is_exported_to_all(ld->mod, sym->name, sym->address))
		sym->type -= 'a' - 'A';
}

/* The memory whose addresses @part answers for. */
static void set_ranges(const struct module *mod, struct kallsyms_part *part, unsigned int first,
		       unsigned int last)
{
	unsigned int kind;

	for (kind = first; kind <= last; kind++) {
		part->table.ranges[kind].start = (unsigned long)mod->mem[kind].base;
		part->table.ranges[kind].size = mod->mem[kind].size;
	}
}

/* What a failure leaves is freed with the module: kallsyms_free() takes any part of it. */
static bool allocate_part(struct kallsyms_part *part, unsigned int count)
{
	part->syms = kcalloc(count, sizeof(*part->syms), GFP_KERNEL);
	part->table.by_address = kcalloc(count, sizeof(u32), GFP_KERNEL);
	part->table.by_name = kcalloc(count, sizeof(u32), GFP_KERNEL);
	part->table.syms = part->syms;
	return part->syms && part->table.by_address && part->table.by_name;
}

static bool allocate(struct load *ld, const unsigned int counts[KALLSYMS_PARTS])
{
	struct kallsyms_part *parts = ld->mod->kallsyms->parts;

	ld->mod->kallsyms->names = kmalloc(ld->elf.strings_size, GFP_KERNEL);
	return ld->mod->kallsyms->names &&
	       allocate_part(&parts[KALLSYMS_CORE], counts[KALLSYMS_CORE]) &&
	       allocate_part(&parts[KALLSYMS_INIT], counts[KALLSYMS_INIT]);
}

int kallsyms_build(struct load *ld)
{
	struct mod_kallsyms *kallsyms = kzalloc(sizeof(*kallsyms), GFP_KERNEL);
	unsigned int i, counts[KALLSYMS_PARTS] = {0};

	load_step(ld, STEP_KALLSYMS);
	ld->mod->kallsyms = kallsyms;
	if (!kallsyms)
		return load_fail(ld, ENOMEM, "no memory for its symbols");
	for (i = 0; i < ld->elf.symbol_count; i++)
		if (is_shown(ld, i))
			counts[part_of(ld, i) - kallsyms->parts]++;
	if (!allocate(ld, counts))
		return load_fail(ld, ENOMEM, "no memory for %u symbols",
				 counts[KALLSYMS_CORE] + counts[KALLSYMS_INIT]);
	/* The whole table of strings: names are then where the file's st_name says, and need no search. */
	memcpy(kallsyms->names, ld->elf.strings, ld->elf.strings_size);
	for (i = 0; i < ld->elf.symbol_count; i++)
		if (is_shown(ld, i))
			add_symbol(ld, i);
	set_ranges(ld->mod, &kallsyms->parts[KALLSYMS_CORE], MOD_TEXT, MOD_RO_AFTER_INIT);
	set_ranges(ld->mod, &kallsyms->parts[KALLSYMS_INIT], MOD_INIT_TEXT, MOD_INIT_RODATA);
	load_tell(ld, "%u symbols stay with it, %u until init is over", counts[KALLSYMS_CORE],
		  counts[KALLSYMS_INIT]);
	return 0;
}

static void show(struct module *mod, struct kallsyms_part *part)
{
	part->table.module = mod->name;
	sym_table_add(&part->table);
	part->visible = true;
}

/* The last one added is the first one listed. */
void kallsyms_show(struct module *mod)
{
	show(mod, &mod->kallsyms->parts[KALLSYMS_INIT]);
	show(mod, &mod->kallsyms->parts[KALLSYMS_CORE]);
}

static void free_part(struct kallsyms_part *part)
{
	if (part->visible)
		sym_table_remove(&part->table);
	kfree(part->syms);
	kfree(part->table.by_address);
	kfree(part->table.by_name);
	*part = (struct kallsyms_part){0};
}

void kallsyms_drop_init(struct module *mod)
{
	free_part(&mod->kallsyms->parts[KALLSYMS_INIT]);
}

void kallsyms_free(struct module *mod)
{
	if (!mod->kallsyms)
		return;
	free_part(&mod->kallsyms->parts[KALLSYMS_INIT]);
	free_part(&mod->kallsyms->parts[KALLSYMS_CORE]);
	kfree(mod->kallsyms->names);
	kfree(mod->kallsyms);
	mod->kallsyms = NULL;
}
