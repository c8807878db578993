/* SPDX-License-Identifier: MIT */
/*
 * providers.c: which file has the symbol that nobody who is loaded has? Looks into every module in
 * /root and in /lib/modules, by the loader's own pure phases, so that no list can be out of date.
 *
 * Only for somebody whose load has failed already: what it costs, all symbols of all those files,
 * does not matter then. Files that are no modules are passed over in silence.
 */
#include "module/load.h"
#include "module/file.h"
#include "module/providers.h"
#include "module/registry.h"

#include <linux/kernel.h>
#include <linux/string.h>
#include "fs/fs.h"

#define EXPORT_PREFIX  "__ksymtab_" /* of the symbol that each row of an export table has */
#define MODULES_FOLDER "/lib/modules"

/* Does the module export @symbol? Its row is a symbol in a section of exports. */
static bool exports_symbol(const struct load *ld, const char *symbol)
{
	const size_t prefix = strlen(EXPORT_PREFIX);
	const Elf64_Sym *sym;
	const char *name;
	unsigned int i;

	for (i = 1; i < ld->elf.symbol_count; i++) {
		sym = ld->elf.symbols + i;
		name = symbol_name(ld, i);
		if (sym->st_shndx != SHN_UNDEF && sym->st_shndx < SHN_LORESERVE &&
		    strncmp(name, EXPORT_PREFIX, prefix) == 0 && strcmp(name + prefix, symbol) == 0)
			return true;
	}
	return false;
}

static bool is_module_file(const struct node *node)
{
	size_t len = strlen(node->name);

	return S_ISREG(node->mode) && !node->ops && len > 3 &&
	       strcmp(node->name + len - 3, ".ko") == 0;
}

/* The file is called as its module is: then it is the one that everybody means. */
static bool has_own_name(const struct node *node, const char *module)
{
	char name[MODULE_NAME_LEN];
	size_t len = strlen(node->name) - 3;

	if (len >= sizeof(name))
		return false;
	strscpy(name, node->name, len + 1);
	return same_name(name, module);
}

/* Takes @node as the answer if it has @symbol; false: look no further. */
static bool look_into(struct node *node, const char *symbol, struct provider *found)
{
	struct load ld = {.image = node->data, .len = node->size, .quiet = true};
	const char *module;

	if (!is_module_file(node) || elf_verify(&ld) || !exports_symbol(&ld, symbol))
		return true;
	module = modinfo_get(&ld, "name");
	if (!module || strlen(module) >= sizeof(found->module) ||
	    fs_path(node, found->path, sizeof(found->path)) < 0)
		return true;
	strcpy(found->module, module);
	return !has_own_name(node, module);
}

/* True when a file with the right name was found; any other is only remembered. */
static bool search_folder(const char *folder, const char *symbol, struct provider *found)
{
	struct node *top, *at;

	if (fs_lookup(&fs_root, folder, &top))
		return false;
	for (at = top; at; at = fs_next_below(top, at))
		if (!look_into(at, symbol, found))
			return true;
	return false;
}

bool provider_find(const char *symbol, struct provider *found)
{
	*found = (struct provider){0};
	found->by_name = search_folder(MODULES_FOLDER, symbol, found);
	return found->by_name || search_folder("/root", symbol, found) || *found->path;
}
