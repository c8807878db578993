/* SPDX-License-Identifier: MIT */
/*
 * kallsyms.c: a module's symbols, for /proc/kallsyms, backtraces and debuggers.
 *
 * Assumes relocated export tables in strcmp() order. Keeps what has a name and lies in memory, in
 * the file's order, and hands it down to sym/. The letters are nm's, as Linux gives them to
 * modules: small ones, and a capital only for a symbol exported to everyone (EXPORT_SYMBOL).
 */
#include "module/load.h"

#include <linux/bsearch.h>
#include <linux/slab.h>
#include <linux/string.h>

/* .modinfo is read, never pointed at: Linux does not even load it. */
static bool is_shown(const struct load *ld, unsigned int i)
{
	const Elf64_Sym *symbol = ld->elf.symbols + i;

	return symbol->st_name != 0 && *symbol_name(ld, i) && symbol->st_shndx != SHN_UNDEF &&
	       symbol->st_shndx < ld->elf.header->e_shnum && symbol->st_shndx != ld->elf.modinfo &&
	       ld->plan[symbol->st_shndx].kind != MOD_INVALID;
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

static void fill_symbol(const struct load *ld, unsigned int i, struct ksym *sym)
{
	const Elf64_Sym *symbol = ld->elf.symbols + i;

	sym->address = ld->values[i];
	sym->name = ld->mod->kallsyms->names + symbol->st_name;
	sym->module = ld->mod->name;
	sym->type = type_letter(symbol, ld->elf.sections + symbol->st_shndx);
	if (is_exported_to_all(ld->mod, sym->name, sym->address))
		sym->type -= 'a' - 'A';
}

static void set_ranges(struct module *mod)
{
	struct sym_table *table = &mod->kallsyms->table;
	unsigned int kind;

	for (kind = 0; kind < MOD_MEM_NUM_TYPES; kind++) {
		table->ranges[kind].start = (unsigned long)mod->mem[kind].base;
		table->ranges[kind].size = mod->mem[kind].size;
	}
}

static bool allocate(struct load *ld, unsigned int count)
{
	struct mod_kallsyms *kallsyms = kmalloc(sizeof(*kallsyms), GFP_KERNEL | __GFP_ZERO);

	ld->mod->kallsyms = kallsyms;
	if (!kallsyms)
		return false;
	kallsyms->syms = kcalloc(count, sizeof(*kallsyms->syms), GFP_KERNEL);
	kallsyms->names = kmalloc(ld->elf.strings_size, GFP_KERNEL);
	kallsyms->table.by_address = kcalloc(count, sizeof(u32), GFP_KERNEL);
	kallsyms->table.by_name = kcalloc(count, sizeof(u32), GFP_KERNEL);
	return kallsyms->syms && kallsyms->names && kallsyms->table.by_address &&
	       kallsyms->table.by_name;
}

int kallsyms_build(struct load *ld)
{
	struct mod_kallsyms *kallsyms;
	unsigned int i, count = 0;

	for (i = 0; i < ld->elf.symbol_count; i++)
		count += is_shown(ld, i);
	if (!allocate(ld, count))
		return load_fail(ld, ENOMEM, "no memory for %u symbols", count);
	kallsyms = ld->mod->kallsyms;
	memcpy(kallsyms->names, ld->elf.strings, ld->elf.strings_size);
	kallsyms->table.module = ld->mod->name;
	kallsyms->table.syms = kallsyms->syms;
	for (i = 0; i < ld->elf.symbol_count; i++)
		if (is_shown(ld, i))
			fill_symbol(ld, i, kallsyms->syms + kallsyms->table.count++);
	set_ranges(ld->mod);
	return 0;
}

void kallsyms_show(struct module *mod)
{
	sym_table_add(&mod->kallsyms->table);
	mod->kallsyms->visible = true;
}

static void hide(struct module *mod)
{
	if (mod->kallsyms->visible)
		sym_table_remove(&mod->kallsyms->table);
	mod->kallsyms->visible = false;
}

static bool lies_in_init(const struct module *mod, unsigned long address)
{
	unsigned int kind;

	for (kind = MOD_INIT_TEXT; kind <= MOD_INIT_RODATA; kind++)
		if (address - (unsigned long)mod->mem[kind].base < mod->mem[kind].size)
			return true;
	return false;
}

/* Called while the .init blocks are still known. A label at a block's end stays: it is harmless. */
void kallsyms_drop_init(struct module *mod)
{
	struct sym_table *table = &mod->kallsyms->table;
	struct ksym *syms = mod->kallsyms->syms;
	unsigned int i, kept = 0;

	hide(mod);
	for (i = 0; i < table->count; i++)
		if (!lies_in_init(mod, syms[i].address))
			syms[kept++] = syms[i];
	table->count = kept;
	for (i = MOD_INIT_TEXT; i <= MOD_INIT_RODATA; i++)
		table->ranges[i].size = 0;
	kallsyms_show(mod);
}

void kallsyms_free(struct module *mod)
{
	struct mod_kallsyms *kallsyms = mod->kallsyms;

	if (!kallsyms)
		return;
	hide(mod);
	kfree(kallsyms->syms);
	kfree(kallsyms->names);
	kfree(kallsyms->table.by_address);
	kfree(kallsyms->table.by_name);
	kfree(kallsyms);
	mod->kallsyms = NULL;
}
