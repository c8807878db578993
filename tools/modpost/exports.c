/* SPDX-License-Identifier: MIT */
/*
 * exports.c: every exported symbol, by name. A name may be exported once; the exception is a
 * module built out of tree, which may export again what another module's Module.symvers lists:
 * it may be a newer copy of that very module.
 */
#include "modpost.h"

#include <stdlib.h>
#include <string.h>

#include "map.h"
#include "report.h"

const char *const export_macro[EXPORT_KINDS] = {
	[EXPORT_PLAIN] = "EXPORT_SYMBOL",
	[EXPORT_GPL] = "EXPORT_SYMBOL_GPL",
	[EXPORT_GPL_FUTURE] = "EXPORT_SYMBOL_GPL_FUTURE",
	[EXPORT_UNUSED] = "EXPORT_UNUSED_SYMBOL",
	[EXPORT_UNUSED_GPL] = "EXPORT_UNUSED_SYMBOL_GPL",
};

static struct map exports;

struct export *export_find(const char *name)
{
	return map_get(&exports, name);
}

static bool may_replace(const struct options *opt, const struct export *old,
			const struct module *mod)
{
	if (old->module->is_kernel || old->module == mod)
		return false;
	/* Two Module.symvers that both list it: the later one counts. */
	return old->module->from_dump && (opt->external || mod->from_dump);
}

void export_add(const struct options *opt, struct module *mod, const char *name,
		const char *namespace, enum export_kind kind, uint32_t crc)
{
	struct export *old = export_find(name);
	struct export *export;

	if (old && !may_replace(opt, old, mod)) {
		error("%s: '%s' exported twice. Previous export was in %s%s", mod->path, name,
		      old->module->path, old->module->is_kernel ? "" : ".ko");
		return;
	}
	export = xcalloc(1, sizeof(*export));
	export->module = mod;
	export->name = xstrdup(name);
	export->namespace = xstrdup(namespace);
	export->kind = kind;
	export->crc = crc;
	STAILQ_INSERT_TAIL(&mod->exports, export, next);
	*map_slot(&exports, export->name) = export;
}

/* How many letters must be changed, put in or taken out to make @b of @a. */
static size_t distance(const char *a, const char *b)
{
	size_t lb = strlen(b);
	size_t *row = xcalloc(lb + 1, sizeof(*row)), result;

	for (size_t j = 0; j <= lb; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= lb; j++) {
			size_t best = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	result = row[lb];
	free(row);
	return result;
}

const char *export_nearest(const char *name)
{
	size_t length = strlen(name), best = 1 + length / 4;
	const char *nearest = NULL;

	for (size_t i = 0; i < exports.size; i++) {
		const char *key = exports.slots[i].key;
		size_t d;

		if (!key || strlen(key) > length + best || strlen(key) + best < length)
			continue;
		d = distance(name, key);
		if (d < best || (d == best && nearest && strcmp(key, nearest) < 0) ||
		    (d == best && !nearest)) {
			best = d;
			nearest = key;
		}
	}
	return nearest;
}
