/* SPDX-License-Identifier: MIT */
/*
 * export_info.c: what is known of an exported symbol, in words, for who asks (ksym). The answers are
 * find_symbol()'s, the function that linking asks; and so is the number of names it had to look at.
 */
#include "module/exports.h"
#include "module/file.h"

#include <linux/kernel.h>
#include <linux/string.h>

/* Which macro made the row; it is a macro with a namespace (NS) when @named. */
static const char *macro_of(const struct find_symbol_arg *fsa, bool named)
{
	if (fsa->unused)
		return fsa->license == GPL_ONLY ? "EXPORT_UNUSED_SYMBOL_GPL"
						: "EXPORT_UNUSED_SYMBOL";
	if (fsa->license == GPL_FUTURE)
		return "EXPORT_SYMBOL_GPL_FUTURE";
	if (named && strncmp(fsa->sym->namespace, NAMESPACE_LIST, strlen(NAMESPACE_LIST)) == 0)
		return "EXPORT_SYMBOL_FOR_MODULES";
	if (fsa->license == GPL_ONLY)
		return named ? "EXPORT_SYMBOL_NS_GPL" : "EXPORT_SYMBOL_GPL";
	return named ? "EXPORT_SYMBOL_NS" : "EXPORT_SYMBOL";
}

static const char *license_of(enum mod_license license)
{
	switch (license) {
	case GPL_ONLY:
		return "GPL only";
	case GPL_FUTURE:
		return "GPL soon";
	default:
		return "any";
	}
}

static unsigned int kernel_probes(const struct find_symbol_arg *fsa)
{
	unsigned int place, sum = 0;

	for (place = 0; place < MODULES_INDEX; place++)
		sum += fsa->probes[place];
	return sum;
}

bool export_ask(const char *name, struct export_info *info)
{
	struct find_symbol_arg fsa = {.name = name, .gplok = true};
	bool found = find_symbol(&fsa), named;

	*info = (struct export_info){
		.kernel_probes = kernel_probes(&fsa),
		.module_probes = fsa.probes[MODULES_INDEX],
	};
	if (!found)
		return false;
	named = fsa.sym->namespace && *fsa.sym->namespace;
	info->address = fsa.sym->value;
	info->owner = fsa.owner;
	info->macro = macro_of(&fsa, named);
	info->license = license_of(fsa.license);
	info->namespace = named ? fsa.sym->namespace : NULL;
	info->crc = fsa.crc;
	return true;
}
