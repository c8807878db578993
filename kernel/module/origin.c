/* SPDX-License-Identifier: MIT */
/*
 * origin.c: what a loaded module is remembered by, for who asks later (ksym): the file that it came
 * from, and the names that it imported. Linux keeps neither: it knows which modules a module uses,
 * but not for which symbols.
 *
 * Assumes resolved symbols. Only names are kept: who provides them, and how, is asked of the exports
 * each time, and cannot have changed, since a provider stays as long as its users do.
 */
#include "module/load.h"
#include "module/file.h"
#include "module/private.h"
#include "module/records.h"

#include <linux/kallsyms.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "fs/fs.h"

/*
 * Where the next module_load() gets its file from; empty: nobody said. A load is done with it before
 * code of the module runs, which may cause the next one.
 */
static char next_file[FS_PATH_MAX];
static bool is_told;

void module_load_file(const struct node *node)
{
	is_told = fs_path(node, next_file, sizeof(next_file)) > 0;
}

const char *origin_take_file(void)
{
	const char *path = is_told ? next_file : NULL;

	is_told = false;
	return path;
}

/*
 * A name that no export can have was not found, but may have been asked for weakly: hundreds of them,
 * each a tail of one long string, would be hundreds of long copies.
 */
static bool is_import(const struct load *ld, unsigned int i)
{
	const char *name = symbol_name(ld, i);

	return ld->elf.symbols[i].st_shndx == SHN_UNDEF && *name &&
	       strnlen(name, KSYM_NAME_LEN) < KSYM_NAME_LEN;
}

/* One letter, the name, a NUL; and so on; the last letter is a NUL. */
static int record_imports(struct load *ld)
{
	size_t size = 1;
	unsigned int i;
	char *at;

	for (i = 1; i < ld->elf.symbol_count; i++)
		if (is_import(ld, i))
			size += 1 + strlen(symbol_name(ld, i)) + 1;
	if (size == 1)
		return 0;
	at = ld->mod->priv->imports = kmalloc(size, GFP_KERNEL);
	if (!at)
		return load_fail(ld, ENOMEM, "no memory to list what it imports: %lu bytes",
				 (unsigned long)size);
	for (i = 1; i < ld->elf.symbol_count; i++) {
		if (!is_import(ld, i))
			continue;
		*at++ = ld->values[i] ? IMPORT_FOUND : IMPORT_MISSING;
		strcpy(at, symbol_name(ld, i));
		at += strlen(at) + 1;
	}
	*at = '\0';
	return 0;
}

int origin_record(struct load *ld)
{
	if (ld->file) {
		ld->mod->priv->file = kstrdup(ld->file, GFP_KERNEL);
		if (!ld->mod->priv->file)
			return load_fail(ld, ENOMEM, "no memory for the path of its file");
	}
	return record_imports(ld);
}

void origin_free(struct module *mod)
{
	kfree(mod->priv->imports);
	kfree(mod->priv->file);
}

const char *module_file(const struct module *mod)
{
	return mod->priv->file;
}

int module_each_import(const struct module *mod,
		       int (*fn)(const char *name, bool found, void *data), void *data)
{
	const char *at = mod->priv->imports ?: "";
	int result;

	for (; *at; at += strlen(at) + 1) {
		result = fn(at + 1, *at == IMPORT_FOUND, data);
		if (result)
			return result;
	}
	return 0;
}

/* The last section that begins at @address or before, in the same block: blocks have gaps between. */
const char *module_section_at(const struct module *mod, unsigned long address)
{
	const struct module_section *found = NULL, *section = mod->priv->sections;
	unsigned int i, kind = 0;

	while (kind < MOD_MEM_NUM_TYPES &&
	       address - (unsigned long)mod->mem[kind].base >= mod->mem[kind].size)
		kind++;
	if (kind == MOD_MEM_NUM_TYPES)
		return NULL;
	for (i = 0; i < mod->priv->section_count; i++, section++)
		if (section->address <= address &&
		    section->address >= (unsigned long)mod->mem[kind].base &&
		    (!found || section->address >= found->address))
			found = section;
	return found ? found->name : NULL;
}
