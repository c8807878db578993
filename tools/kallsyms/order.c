/* SPDX-License-Identifier: MIT */
/*
 * order.c: the order of the table. The kernel names an address after the first of the symbols that
 * share it, so that one should be what a reader expects to see: a function rather than the mark
 * that the linker script puts before it.
 */
#include "kallsyms.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool has_suffix(const char *s, const char *suffix)
{
	size_t len = strlen(s), suffix_len = strlen(suffix);

	return len >= suffix_len && !strcmp(s + len - suffix_len, suffix);
}

/* Marks of the linker script: __start___ksymtab, __text_end, ... */
static bool is_linker_made(const char *name)
{
	return !strncmp(name, "__start_", 8) || !strncmp(name, "__stop_", 7) ||
	       (!strncmp(name, "__", 2) &&
		(has_suffix(name, "_start") || has_suffix(name, "_end")));
}

static int underscores(const char *name)
{
	return (int)strspn(name, "_");
}

/* How much less a name tells than others at its address; the first difference decides. */
struct demerits {
	int value[4];
};

static struct demerits demerits_of(const struct symbol *sym)
{
	return (struct demerits){{strchr("wWvV", sym->type) != NULL, is_linker_made(sym->name),
				  islower((unsigned char)sym->type) != 0, underscores(sym->name)}};
}

static int compare(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;
	struct demerits p, q;

	if (x->address != y->address)
		return x->address < y->address ? -1 : 1;
	p = demerits_of(x);
	q = demerits_of(y);
	for (int i = 0; i < 4; i++)
		if (p.value[i] != q.value[i])
			return p.value[i] - q.value[i];
	return x->line < y->line ? -1 : x->line > y->line;
}

void symbols_sort(struct symbols *syms)
{
	if (syms->count)
		qsort(syms->list, syms->count, sizeof(*syms->list), compare);
}
