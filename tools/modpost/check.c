/* SPDX-License-Identifier: MIT */
/*
 * check.c: can each module be loaded, given what all the others and the kernel export? The loader
 * asks the same again; here the answer comes before anything is booted.
 */
#include "modpost.h"

#include <string.h>

#include "report.h"
#include "sections.h"

/* So many are told one by one. */
#define UNDEFINED_SHOWN 10

static unsigned int undefined_count;

static void report_undefined(const struct options *opt, const struct module *mod, const char *name)
{
	const char *nearest;

	/* The first of them already made it an error. */
	if (++undefined_count > UNDEFINED_SHOWN)
		return;
	complain(opt->warn_undefined, "\"%s\" [%s.ko] undefined!", name, mod->path);
	nearest = export_nearest(name);
	if (nearest)
		hint("did you mean %s, which %s exports?", nearest,
		     export_find(nearest)->module->path);
}

static void check_namespace(const struct options *opt, struct module *mod,
			    const struct export *export)
{
	bool is_list = namespace_is_list(export->namespace);

	if (!*export->namespace || (is_list ? namespace_lists(export->namespace, mod->name)
					    : name_in(&mod->namespaces, export->namespace)))
		return;
	complain(opt->warn_namespaces,
		 "module %s uses symbol %s from namespace %s, but does not import it.", mod->name,
		 export->name, export->namespace);
	if (is_list)
		hint("%s exports it for the modules that it lists only, and %s is not one of them",
		     export->module->path, mod->name);
	else
		hint("add to %s: MODULE_IMPORT_NS(%s);", mod->name, export->namespace);
	if (!is_list && !name_in(&mod->missing, export->namespace))
		name_add(&mod->missing, export->namespace, false);
}

static void check_licence(const struct module *mod, const struct export *export)
{
	if (export->kind == EXPORT_UNUSED || export->kind == EXPORT_UNUSED_GPL)
		warn("module %s.ko uses symbol '%s' marked UNUSED", mod->name, export->name);
	if (mod->gpl_compatible)
		return;
	if (export->kind == EXPORT_GPL || export->kind == EXPORT_UNUSED_GPL)
		error("GPL-incompatible module %s.ko uses GPL-only symbol '%s'", mod->name,
		      export->name);
	if (export->kind == EXPORT_GPL_FUTURE)
		warn("GPL-incompatible module %s.ko uses future GPL-only symbol '%s'", mod->name,
		     export->name);
}

/* Can the module say what version of @export it was built against? */
static void check_version(const struct options *opt, const struct module *mod,
			  const struct export *export)
{
	if (!export->crc)
		warn("\"%s\" [%s.ko] has no CRC!", export->name, mod->path);
	else if (opt->basic_versions && !opt->extended_versions &&
		 strlen(export->name) >= VERSION_NAME_LEN)
		error("too long symbol \"%s\" [%s.ko]", export->name, mod->path);
}

/* A list of modules is not to be talked into one more. */
static void check_imports(const struct module *mod)
{
	const struct name *ns;

	STAILQ_FOREACH(ns, &mod->namespaces, next)
	if (namespace_is_list(ns->text))
		error("%s: explicitly importing namespace \"%s\" is not allowed.", mod->name,
		      ns->text);
}

void check_module(const struct options *opt, struct module *mod)
{
	const struct name *needed;

	check_imports(mod);
	STAILQ_FOREACH(needed, &mod->undefined, next)
	{
		const struct export *export = export_find(needed->text);

		if (!export) {
			if (!needed->weak)
				report_undefined(opt, mod, needed->text);
			continue;
		}
		check_namespace(opt, mod, export);
		check_licence(mod, export);
		if (opt->versions)
			check_version(opt, mod, export);
		if (!export->module->is_kernel && export->module != mod &&
		    !name_in(&mod->depends, export->module->name))
			name_add(&mod->depends, export->module->name, false);
	}
}

void check_finish(const struct options *opt)
{
	if (mismatches_found() && opt->forbid_mismatches)
		error("Section mismatches detected.\n"
		      "Set CONFIG_SECTION_MISMATCH_WARN_ONLY=y to allow them.");
	if (undefined_count && opt->external)
		hint("what another module exports: KBUILD_EXTRA_SYMBOLS=/its/folder/Module.symvers");
	if (undefined_count > UNDEFINED_SHOWN)
		warn("suppressed %u unresolved symbol warnings because there were too many)",
		     undefined_count - UNDEFINED_SHOWN);
}
