/* SPDX-License-Identifier: MIT */
/*
 * debugger.c: what a debugger outside of the machine wants to know of a module: where the sections
 * of its file are, and the moment from which on it can rely on that.
 *
 * A debugger cannot call us. It stops the machine and reads its memory, so both are made for being
 * read: a list behind struct module, and a function that does nothing, to break on. tools/gdb is
 * the reader. /sys/module/NAME/sections tells the same to those who can type.
 *
 * Assumes a module that is relocated. Promises that the list stays as it is until the module's
 * memory is given back; the sections of init are in it for as long, though their memory goes
 * earlier: which blocks are still there says mod->mem.
 */
#include "module/load.h"
#include "module/file.h"
#include "module/private.h"
#include "module/records.h"

#include <linux/slab.h>
#include <linux/string.h>

/* With its NUL. No compiler makes a longer one, and who makes one must not make us copy for hours. */
#define SECTION_NAME_MAX 256

static bool is_listed(const struct load *ld, unsigned int i)
{
	return ld->plan[i].kind != MOD_INVALID && ld->elf.sections[i].sh_size &&
	       strnlen(section_name(ld, i), SECTION_NAME_MAX) < SECTION_NAME_MAX;
}

/* One block for the rows and, behind them, their names: the file is gone when they are read. */
int debugger_list_sections(struct load *ld)
{
	struct module_private *priv = ld->mod->priv;
	unsigned int i, count = 0;
	size_t names = 0;
	char *name;

	for (i = 1; i < ld->elf.header->e_shnum; i++) {
		if (!is_listed(ld, i))
			continue;
		count++;
		names += strlen(section_name(ld, i)) + 1;
	}
	priv->sections = kmalloc(count * sizeof(*priv->sections) + names, GFP_KERNEL);
	if (!priv->sections)
		return load_fail(ld, ENOMEM, "no memory to list %u sections", count);
	name = (char *)(priv->sections + count);
	for (i = 1; i < ld->elf.header->e_shnum; i++) {
		if (!is_listed(ld, i))
			continue;
		strcpy(name, section_name(ld, i));
		priv->sections[priv->section_count++] =
			(struct module_section){name, ld->plan[i].address};
		name += strlen(name) + 1;
	}
	return 0;
}

void debugger_free(struct module *mod)
{
	kfree(mod->priv->sections);
}

/* Empty is not enough: a call of a function without any effect may be left out. */
noinline void debugger_module_linked(struct module *mod)
{
	__asm__ volatile("" : : "r"(mod) : "memory");
}
