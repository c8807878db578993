/* SPDX-License-Identifier: MIT */
/*
 * write.c: the two kinds of files modpost leaves. X.mod.c is compiled and linked into X.ko: it
 * carries struct module, whose size and layout only the kernel's headers know, and the tags that
 * the module's author cannot know.
 */
#include "modpost.h"

#include <stdlib.h>

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
	if (*mod->srcversion)
		text_add(text, "\nMODULE_INFO(srcversion, \"%s\");\n", mod->srcversion);
}

void write_mod_c(const struct options *opt, const struct module *mod)
{
	struct text text = {0};
	char *path = xasprintf("%s.mod.c", mod->path);

	text_add(&text, "/* Written by modpost: what %s.ko is to the loader. */\n", mod->name);
	text_add(&text, "#include <linux/module.h>\n#include <linux/vermagic.h>\n\n");
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
	file_update(path, &text);
	free(path);
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
