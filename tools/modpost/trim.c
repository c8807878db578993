/* SPDX-License-Identifier: MIT */
/*
 * trim.c: which exports does nobody use (CONFIG_TRIM_UNUSED_KSYMS)? That must be known before the
 * kernel is linked, so it is asked in a run of its own: of the kernel's objects, linked into one, and
 * of those of all modules, only the names of exports and of undefined symbols are read. What is not
 * used is written into a list, which the linker, and modpost's second run, leave out.
 *
 * Kept is also what symbol_get() asks for, which leaves the name in the section .no_trim_symbol; what
 * a white list names; and module_layout, which each module is compared with.
 */
#include "modpost.h"

#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "map.h"
#include "object.h"
#include "report.h"

#define KSYMTAB		"__ksymtab_"
#define NO_TRIM_SECTION ".no_trim_symbol"

static struct map used, trimmed;
/* In the order in which they were met. */
static struct name_list exports = STAILQ_HEAD_INITIALIZER(exports);

/* A set of names: each is its own value. The caller keeps @name. */
static void add(struct map *set, const char *name)
{
	char *copy;

	if (map_get(set, name))
		return;
	copy = xstrdup(name);
	*map_slot(set, copy) = copy;
}

static void use(const char *name)
{
	add(&used, name);
}

static void take_symbol(const struct object *obj, const struct symbol *sym)
{
	if (!sym->name)
		return;
	if (sym->section == SHN_UNDEF)
		use(sym->name);
	else if (!strncmp(sym->name, KSYMTAB, strlen(KSYMTAB)) &&
		 !strncmp(object_section_name(obj, sym->section), "___ksymtab", 10))
		name_add(&exports, sym->name + strlen(KSYMTAB), false);
}

/* Strings, one behind the other. */
static void take_names(const struct object *obj)
{
	Elf_Data *data = object_section_data(obj, object_find_section(obj, NO_TRIM_SECTION));
	const char *name;

	for (size_t at = 0; data && at < data->d_size; at += strlen(name) + 1) {
		name = object_string(data, at);
		if (!name) {
			error("%s: " NO_TRIM_SECTION " does not end in a NUL", obj->path);
			return;
		}
		if (*name)
			use(name);
	}
}

void trim_read_object(const char *path)
{
	struct symbol *symbols;
	struct object obj;

	if (!object_open(&obj, path, ET_REL))
		return;
	symbols = object_symbols(&obj);
	for (size_t i = 1; symbols && i < obj.symbol_count; i++)
		take_symbol(&obj, &symbols[i]);
	if (object_find_section(&obj, NO_TRIM_SECTION))
		take_names(&obj);
	free(symbols);
	object_close(&obj);
}

void trim_read_white_list(const char *path)
{
	file_each_line(path, use);
}

void trim_write(const char *path)
{
	const struct name *name;
	struct text text = {0};

	use("module_layout");
	STAILQ_FOREACH(name, &exports, next)
	if (!map_get(&used, name->text))
		text_add(&text, "%s\n", name->text);
	file_update(path, &text);
}

static void trim(const char *name)
{
	add(&trimmed, name);
}

void trim_read_list(const char *path)
{
	file_each_line(path, trim);
}

bool is_trimmed(const char *name)
{
	return map_get(&trimmed, name);
}
