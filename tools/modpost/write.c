/* SPDX-License-Identifier: MIT */
/*
 * write.c: the two kinds of files modpost leaves. X.mod.c is compiled and linked into X.ko: it
 * carries struct module, whose size and layout only the kernel's headers know, and the tags that
 * the module's author cannot know.
 */
#include "modpost.h"

#include <stdlib.h>
#include <string.h>

#include "file.h"

/* gcc lays these strings out last to first: modinfo then prints srcversion, depends, ..., vermagic. */
static void add_tags(struct text *text, const struct options *opt, const struct module *mod)
{
	const char *separator = "";
	const struct name *name;

	if (!opt->external)
		text_add(text, "MODULE_INFO(intree, \"Y\");\n\n");
	text_add(text, "MODULE_INFO(depends, \"");
	STAILQ_FOREACH(name, &mod->depends, next)
	{
		text_add(text, "%s%s", separator, name->text);
		separator = ",";
	}
	text_add(text, "\");\n");
	if (!STAILQ_EMPTY(&mod->aliases))
		text_add(text, "\n");
	STAILQ_FOREACH(name, &mod->aliases, next)
	text_add(text, "MODULE_ALIAS(\"%s\");\n", name->text);
	if (*mod->srcversion)
		text_add(text, "\nMODULE_INFO(srcversion, \"%s\");\n", mod->srcversion);
}

static const char *const table_suffix[EXPORT_KINDS] = {
	[EXPORT_PLAIN] = "",
	[EXPORT_GPL] = "_gpl",
	[EXPORT_GPL_FUTURE] = "_gpl_future",
	[EXPORT_UNUSED] = "_unused",
	[EXPORT_UNUSED_GPL] = "_unused_gpl",
};

/*
 * What others will compare with: rows of __kcrctab, one for each of __ksymtab. An export without a
 * version has the row 0, which the loader takes for "any".
 */
static void add_crcs(struct text *text, const struct module *mod)
{
	const struct export *export;

	STAILQ_FOREACH(export, &mod->exports, next)
	text_add(text, "SYMBOL_CRC(%s, 0x%08x, \"%s\");\n", export->name, export->crc,
		 table_suffix[export->kind]);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/*
 * Calls @add for each symbol of others that @mod uses and whose version is known, in the order of
 * their names, which saves the loader the sorting.
 */
static void each_version(struct text *text, const struct module *mod,
			 void (*add)(struct text *text, const struct export *export))
{
	const struct export *export;
	const struct name *needed;
	const char **names;
	size_t count = 1;

	STAILQ_FOREACH(needed, &mod->undefined, next)
	count++;
	names = xcalloc(count, sizeof(*names));
	count = 0;
	names[count++] = "module_layout";
	STAILQ_FOREACH(needed, &mod->undefined, next)
	names[count++] = needed->text;
	qsort(names, count, sizeof(*names), compare_names);
	for (size_t i = 0; i < count; i++) {
		export = export_find(names[i]);
		if (export && export->crc)
			add(text, export);
	}
	free(names);
}

static void add_row(struct text *text, const struct export *export)
{
	if (strlen(export->name) < VERSION_NAME_LEN)
		text_add(text, "\t{0x%08x, \"%s\"},\n", export->crc, export->name);
}

static void add_crc(struct text *text, const struct export *export)
{
	text_add(text, "\t0x%08x,\n", export->crc);
}

static void add_string(struct text *text, const struct export *export)
{
	text_add(text, "\t\"%s\\0\"\n", export->name);
}

/* What this module was built against, in the forms that loaders and kmod read. */
static void add_versions(struct text *text, const struct options *opt, const struct module *mod)
{
	if (opt->basic_versions) {
		text_add(text, "\nstatic const struct modversion_info ____versions[] __used "
			       "__section(\"__versions\") = {\n");
		each_version(text, mod, add_row);
		text_add(text, "};\n");
	}
	if (opt->extended_versions) {
		text_add(text, "\nstatic const u32 ____version_ext_crcs[] __used "
			       "__section(\"__version_ext_crcs\") = {\n");
		each_version(text, mod, add_crc);
		text_add(text, "};\nstatic const char ____version_ext_names[] __used "
			       "__section(\"__version_ext_names\") =\n");
		each_version(text, mod, add_string);
		text_add(text, "\t\"\";\n");
	}
}

void write_kernel_crcs(const struct options *opt)
{
	struct text text = {0};
	const struct module *mod;

	text_add(&text, "/* Written by modpost: the versions of the kernel's exports. */\n"
			"#include <linux/export-internal.h>\n\n");
	STAILQ_FOREACH(mod, opt->list, next)
	if (mod->is_kernel)
		add_crcs(&text, mod);
	file_update(opt->kernel_crcs, &text);
}

void write_mod_c(const struct options *opt, const struct module *mod)
{
	struct text text = {0};
	char *path = xasprintf("%s.mod.c", mod->path);

	text_add(&text, "/* Written by modpost: what %s.ko is to the loader. */\n", mod->name);
	text_add(&text, "#include <linux/export-internal.h>\n#include <linux/module.h>\n"
			"#include <linux/vermagic.h>\n\n");
	text_add(&text, "MODULE_INFO(vermagic, VERMAGIC_STRING);\n"
			"MODULE_INFO(name, KBUILD_MODNAME);\n\n");
	text_add(&text, "struct module __this_module __used "
			"__section(\".gnu.linkonce.this_module\") = {\n"
			"\t.name = KBUILD_MODNAME,\n");
	if (mod->has_init)
		text_add(&text, "\t.init = init_module,\n");
	if (mod->has_exit)
		text_add(&text, "#ifdef CONFIG_MODULE_UNLOAD\n"
				"\t.exit = cleanup_module,\n"
				"#endif\n");
	text_add(&text, "};\n\n");
	add_tags(&text, opt, mod);
	if (opt->versions) {
		text_add(&text, "\n");
		add_crcs(&text, mod);
		add_versions(&text, opt, mod);
	}
	file_update(path, &text);
	free(path);
}

void write_nsdeps(const struct options *opt)
{
	const struct module *mod;
	const struct name *ns;
	struct text text = {0};

	STAILQ_FOREACH(mod, opt->list, next)
	{
		if (STAILQ_EMPTY(&mod->missing))
			continue;
		text_add(&text, "%s.ko:", mod->path);
		STAILQ_FOREACH(ns, &mod->missing, next)
		text_add(&text, " %s", ns->text);
		text_add(&text, "\n");
	}
	file_update(opt->nsdeps_path, &text);
}

void write_symvers(const struct options *opt)
{
	const struct export *export;
	const struct module *mod;
	struct text text = {0};

	STAILQ_FOREACH(mod, opt->list, next)
	{
		if (mod->from_dump)
			continue;
		STAILQ_FOREACH(export, &mod->exports, next)
		text_add(&text, "0x%08x\t%s\t%s\t%s\t%s\n", export->crc, export->name, mod->path,
			 export_macro[export->kind], export->namespace);
	}
	file_update(opt->dump_path, &text);
}
