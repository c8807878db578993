/* SPDX-License-Identifier: MIT */
/*
 * ksym_imports.c: ksym -u MODULE: what a module imports, in the order of its file, and on which
 * terms. The names were kept when it was loaded; their terms are asked of the exports now.
 */
#include "shell/ksym_imports.h"

#include <linux/kernel.h>
#include <linux/string.h>
#include "module/modules.h"
#include "shell/module_names.h"

struct table {
	struct io *io;
	int name_width, provider_width;
};

static const char *provider_name(const struct export_info *info)
{
	return info->owner ? info->owner->name : "kernel";
}

static int measure(const char *name, bool found, void *data)
{
	struct table *t = data;
	struct export_info info;

	t->name_width = max(t->name_width, (int)strlen(name));
	if (found && export_ask(name, &info))
		t->provider_width = max(t->provider_width, (int)strlen(provider_name(&info)));
	return 0;
}

static int print(const char *name, bool found, void *data)
{
	const struct table *t = data;
	struct export_info info;
	char crc[] = "0x01234567";

	if (!found) {
		out(t->io, "%-*s  %-*s  weak: nobody exported it\n", t->name_width, name,
		    t->provider_width, "-");
		return 0;
	}
	if (!export_ask(name, &info))
		return 0; /* it is going, and so is its provider */
	if (info.crc)
		snprintf(crc, sizeof(crc), "0x%08x", *info.crc);
	out(t->io, "%-*s  %-*s  %-8s  %-10s  %s\n", t->name_width, name, t->provider_width,
	    provider_name(&info), info.license, info.crc ? crc : "-", info.namespace ?: "-");
	return 0;
}

int ksym_imports(struct io *io, const char *name)
{
	struct table t = {
		.io = io, .name_width = strlen("SYMBOL"), .provider_width = strlen("FROM")};
	char module[MODULE_NAME_LEN];
	struct module *mod;

	module_name_from(name, module, sizeof(module));
	mod = find_module(module);
	if (!mod) {
		complain(io, "module %s is not loaded\n", module);
		return 1;
	}
	module_each_import(mod, measure, &t);
	out(io, "%-*s  %-*s  %-8s  %-10s  %s\n", t.name_width, "SYMBOL", t.provider_width, "FROM",
	    "LICENCE", "CRC", "NAMESPACE");
	module_each_import(mod, print, &t);
	return 0;
}
