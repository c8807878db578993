/* SPDX-License-Identifier: MIT */
/*
 * read_module.c: what a module's object says of itself: its tags, what it exports, what it needs.
 *
 * An export leaves (see include/linux/export.h) a symbol __ksymtab_NAME in a section
 * ___ksymtab[_gpl[_future]]+NAME, and __kstrtabns_NAME where the namespace's text lies.
 */
#include "modpost.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "map.h"
#include "object.h"
#include "report.h"
#include "sections.h"

#define KSYMTAB	  "__ksymtab_"
#define KSTRTABNS "__kstrtabns_"

struct reading {
	const struct options *opt;
	struct object obj;
	struct module *mod;
	struct symbol *symbols; /* all of obj's */
	struct map by_name;	/* to symbols; a global one hides local ones */
};

static bool starts_with(const char *text, const char *prefix)
{
	return !strncmp(text, prefix, strlen(prefix));
}

static bool is_global(const struct symbol *sym)
{
	return GELF_ST_BIND(sym->elf.st_info) != STB_LOCAL;
}

/*
 * A row of exports knows its symbol only by name, so symbols are found by name. Two local ones may
 * share one; a global one is alone, the linker saw to that.
 */
static bool read_symbols(struct reading *r)
{
	r->symbols = object_symbols(&r->obj);
	if (!r->symbols)
		return false;
	for (size_t i = 1; i < r->obj.symbol_count; i++) {
		struct symbol *sym = &r->symbols[i];
		unsigned int type = GELF_ST_TYPE(sym->elf.st_info);
		void **slot;

		/* Sections and source files have symbols too: their names would hide real ones. */
		if (!*sym->name || type == STT_SECTION || type == STT_FILE)
			continue;
		slot = map_slot(&r->by_name, sym->name);
		if (!*slot || is_global(sym))
			*slot = sym;
	}
	return true;
}

/* From the name of a row's section: "___ksymtab_gpl+foo". EXPORT_KINDS: it is none. */
static enum export_kind kind_of_section(const char *section)
{
	static const char *const prefix[EXPORT_KINDS] = {
		[EXPORT_PLAIN] = "___ksymtab+",
		[EXPORT_GPL] = "___ksymtab_gpl+",
		[EXPORT_GPL_FUTURE] = "___ksymtab_gpl_future+",
		[EXPORT_UNUSED] = "___ksymtab_unused+",
		[EXPORT_UNUSED_GPL] = "___ksymtab_unused_gpl+",
	};
	enum export_kind kind;

	for (kind = 0; kind < EXPORT_KINDS; kind++)
		if (starts_with(section, prefix[kind]))
			break;
	return kind;
}

/* The namespace that @name was exported into; "" when there is none. */
static const char *namespace_of(const struct reading *r, const char *name)
{
	char *label = xasprintf(KSTRTABNS "%s", name);
	const struct symbol *sym = map_get(&r->by_name, label);
	Elf_Data *data = sym ? object_section_data(&r->obj, sym->section) : NULL;
	const char *text = data ? object_string(data, sym->elf.st_value) : NULL;

	free(label);
	return text ? text : "";
}

/* Exporting what is thrown away after init, or may never be loaded, leaves others with nothing. */
static void check_lifetime(const struct reading *r, const struct symbol *target)
{
	const char *section = object_section_name(&r->obj, target->section);

	if (starts_with(section, ".init."))
		warn("%s: %s: EXPORT_SYMBOL used for init symbol. Remove __init or EXPORT_SYMBOL.",
		     r->mod->path, target->name);
	else if (starts_with(section, ".exit."))
		warn("%s: %s: EXPORT_SYMBOL used for exit symbol. Remove __exit or EXPORT_SYMBOL.",
		     r->mod->path, target->name);
}

static void take_export(struct reading *r, const struct symbol *row)
{
	const char *name = row->name + strlen(KSYMTAB);
	const struct symbol *target = map_get(&r->by_name, name);
	enum export_kind kind = kind_of_section(object_section_name(&r->obj, row->section));

	/* Anybody may call a symbol so; it takes the section as well to make an export. */
	if (kind == EXPORT_KINDS || is_trimmed(name))
		return;
	if (target && !is_global(target)) {
		error("%s: local symbol '%s' was exported", r->mod->path, name);
		hint("remove \"static\" from %s, or its EXPORT_SYMBOL", name);
		return;
	}
	if (!target || target->section == SHN_UNDEF) {
		error("\"%s\" [%s.ko] was exported without definition", name, r->mod->path);
		hint("is it misspelt, or static and not used?");
		return;
	}
	check_lifetime(r, target);
	export_add(r->opt, r->mod, name, namespace_of(r, name), kind, 0);
}

/* Whether this object exports @name, rightly or not. */
static bool has_row(const struct reading *r, const char *name)
{
	char *label = xasprintf(KSYMTAB "%s", name);
	bool has = map_get(&r->by_name, label);

	free(label);
	return has;
}

static void take_undefined(struct reading *r, const struct symbol *sym)
{
	/* Its own record comes with .mod.c. The other one belongs to the linker. */
	if (!strcmp(sym->name, "__this_module") || !strcmp(sym->name, "_GLOBAL_OFFSET_TABLE_"))
		return;
	/* take_export() complains. */
	if (has_row(r, sym->name))
		return;
	name_add(&r->mod->undefined, sym->name, GELF_ST_BIND(sym->elf.st_info) == STB_WEAK);
}

static void take_symbol(struct reading *r, const struct symbol *sym)
{
	if (!sym->name || !*sym->name)
		return;
	if (sym->section == SHN_UNDEF) {
		if (is_global(sym))
			take_undefined(r, sym);
	} else if (sym->section == SHN_COMMON) {
		/* The linker would have to find room for it; a .ko is never linked again. */
		warn("\"%s\" [%s] is COMMON symbol", sym->name, r->mod->path);
	} else if (starts_with(sym->name, KSYMTAB)) {
		take_export(r, sym);
	} else if (!strcmp(sym->name, "init_module")) {
		r->mod->has_init = true;
	} else if (!strcmp(sym->name, "cleanup_module")) {
		r->mod->has_exit = true;
	} else {
		devicetable_add(r->mod, &r->obj, sym);
	}
}

/* All MODULE_LICENSE()s must be compatible. */
static void take_licences(struct reading *r)
{
	const char *licence = object_modinfo(&r->obj, "license", NULL);

	if (!licence) {
		error("missing MODULE_LICENSE() in %s.o", r->mod->path);
		hint("for example: MODULE_LICENSE(\"GPL\"); symbols for GPL modules need it");
	}
	for (; licence; licence = object_modinfo(&r->obj, "license", licence))
		if (!licence_is_gpl_compatible(licence))
			r->mod->gpl_compatible = false;
}

static void take_tags(struct reading *r)
{
	const char *ns = NULL;

	take_licences(r);
	if (r->opt->extra_warnings && !object_modinfo(&r->obj, "description", NULL))
		warn("missing MODULE_DESCRIPTION() in %s.o", r->mod->path);
	while ((ns = object_modinfo(&r->obj, "import_ns", ns)))
		name_add(&r->mod->namespaces, ns, false);
	if (r->opt->srcversion_of_all || object_modinfo(&r->obj, "version", NULL))
		srcversion_compute(r->mod);
}

static void take_versions(struct module *mod)
{
	char *path = xasprintf("%s.symversions", mod->path);

	versions_read(mod, path);
	free(path);
}

static void take_all(struct reading *r)
{
	if (!read_symbols(r))
		return;
	if (strlen(r->mod->name) >= MODULE_NAME_LEN) {
		error("module name is too long [%s.ko]", r->mod->path);
		hint("%zu characters, at most %d fit", strlen(r->mod->name), MODULE_NAME_LEN - 1);
	}
	take_tags(r);
	for (size_t i = 1; i < r->obj.symbol_count; i++)
		take_symbol(r, &r->symbols[i]);
	if (r->opt->versions && !STAILQ_EMPTY(&r->mod->exports))
		take_versions(r->mod);
	check_section_flags(&r->obj, r->mod->path);
	check_references(&r->obj, r->symbols, r->mod->path);
}

void read_module(const struct options *opt, const char *path)
{
	struct reading r = {.opt = opt};
	size_t length = strlen(path);
	char *stem;

	if (opt->ignore_missing && access(path, F_OK))
		return;
	if (length < 3 || strcmp(path + length - 2, ".o")) {
		error("%s: a module's object, foo.o, was expected", path);
		return;
	}
	if (!object_open(&r.obj, path, ET_REL))
		return;
	stem = xstrdup(path);
	stem[length - 2] = '\0';
	r.mod = module_new(opt->list, stem);
	free(stem);
	take_all(&r);
	map_free(&r.by_name);
	free(r.symbols);
	object_close(&r.obj);
}
