/* SPDX-License-Identifier: MIT */
/*
 * hints.c: what might help, when a symbol is unknown. Linux says only that it is; the reasons that
 * people run into are few, and can be told apart. One line at most, after all of Linux's.
 *
 * Assumes that resolve_symbols() has failed and printed its lines. Changes nothing.
 */
#include "module/load.h"
#include "module/exports.h"

#include <linux/kernel.h>
#include <linux/string.h>

/* Compilers name this table in code that they believe to be part of a shared library. */
static bool hint_at_pic(const struct load *ld, const char *symbol)
{
	if (strcmp(symbol, "_GLOBAL_OFFSET_TABLE_") != 0)
		return false;
	pr_notice("%s: this is position-independent code: compile it with -fno-pic "
		  "-mcmodel=kernel\n",
		  ld->name);
	return true;
}

static bool hint_at_license(const struct load *ld, const char *symbol)
{
	struct find_symbol_arg fsa = {.name = symbol, .gplok = true};

	if (license_is_gpl_compatible(ld->info.license) || !find_symbol(&fsa))
		return false;
	pr_notice("%s: %s is there, in %s, but only for modules that say "
		  "MODULE_LICENSE(\"GPL\")\n",
		  ld->name, symbol, module_name(fsa.owner));
	return true;
}

/* .modinfo has "depends=a,b": what modpost found to provide this module's symbols. */
static bool hint_at_depends(const struct load *ld)
{
	const char *rest = ld->info.depends ?: "";
	char provider[MODULE_NAME_LEN];
	size_t len;

	while (*rest) {
		len = strcspn(rest, ",");
		strscpy(provider, rest, min(len + 1, sizeof(provider)));
		if (!find_module(provider)) {
			pr_notice("%s: it depends on %s, which is not loaded: insmod that first\n",
				  ld->name, provider);
			return true;
		}
		rest += len + (rest[len] == ',');
	}
	return false;
}

/* @a becomes @b by leaving out, adding or changing at most @edits characters. */
static bool resembles(const char *a, const char *b, unsigned int edits)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	if (*a == *b)
		return true; /* both ended */
	if (edits == 0)
		return false;
	return (*a && *b && resembles(a + 1, b + 1, edits - 1)) ||
	       (*a && resembles(a + 1, b, edits - 1)) || (*b && resembles(a, b + 1, edits - 1));
}

struct nearest {
	const char *wanted;
	unsigned int edits;
	const char *found;
	struct module *owner;
};

static bool search_table(const struct symsearch *table, struct module *owner, void *data)
{
	struct nearest *nearest = data;
	const struct kernel_symbol *row;

	for (row = table->start; row < table->stop; row++) {
		if (!resembles(nearest->wanted, row->name, nearest->edits))
			continue;
		nearest->found = row->name;
		nearest->owner = owner;
		return true;
	}
	return false;
}

static void hint_at_nearest(const struct load *ld, const char *symbol)
{
	struct nearest nearest = {.wanted = symbol};
	size_t length = strnlen(symbol, KSYM_NAME_LEN);
	/* Short names resemble too much. */
	unsigned int most = length < 4 ? 0 : length < 8 ? 1 : 2;

	if (length == KSYM_NAME_LEN)
		return;
	for (nearest.edits = 1; nearest.edits <= most; nearest.edits++) {
		if (!each_symbol_section(search_table, &nearest))
			continue;
		pr_notice("%s: is %s meant, which %s exports?\n", ld->name, nearest.found,
			  module_name(nearest.owner));
		return;
	}
}

void hint_at_missing(const struct load *ld)
{
	const char *symbol = symbol_name(ld, ld->missing);

	if (ld->missing == 0 || hint_at_pic(ld, symbol) || hint_at_license(ld, symbol) ||
	    hint_at_depends(ld))
		return;
	hint_at_nearest(ld, symbol);
}
