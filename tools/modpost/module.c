/* SPDX-License-Identifier: MIT */
/*
 * module.c: the records of modpost.h and their strings. Records are never freed: all of them are
 * in use until the program ends.
 */
#include "modpost.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Not error(): that goes on to find more faults, and would need memory for the next. */
static void out_of_memory(void)
{
	fputs("ERROR: modpost: out of memory\n", stderr);
	exit(1);
}

void *xcalloc(size_t count, size_t size)
{
	void *memory = calloc(count, size);

	if (!memory)
		out_of_memory();
	return memory;
}

char *xstrdup(const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		out_of_memory();
	return copy;
}

char *xasprintf(const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		out_of_memory();
	va_end(args);
	return text;
}

const char *path_basename(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

struct module *module_new(struct module_list *list, const char *path)
{
	struct module *mod = xcalloc(1, sizeof(*mod));

	mod->path = xstrdup(path);
	mod->name = path_basename(mod->path);
	mod->is_kernel = !strcmp(path, KERNEL_PATH);
	mod->gpl_compatible = true; /* until a licence says otherwise */
	STAILQ_INIT(&mod->exports);
	STAILQ_INIT(&mod->undefined);
	STAILQ_INIT(&mod->namespaces);
	STAILQ_INIT(&mod->missing);
	STAILQ_INIT(&mod->aliases);
	STAILQ_INIT(&mod->depends);
	STAILQ_INSERT_TAIL(list, mod, next);
	return mod;
}

/* By path: names need not be unique. */
struct module *module_find(struct module_list *list, const char *path)
{
	struct module *mod;

	STAILQ_FOREACH(mod, list, next)
	if (!strcmp(mod->path, path))
		return mod;
	return NULL;
}

void name_add(struct name_list *list, const char *text, bool weak)
{
	struct name *name = xcalloc(1, sizeof(*name));

	name->text = xstrdup(text);
	name->weak = weak;
	STAILQ_INSERT_TAIL(list, name, next);
}

bool name_in(const struct name_list *list, const char *text)
{
	const struct name *name;

	STAILQ_FOREACH(name, list, next)
	if (!strcmp(name->text, text))
		return true;
	return false;
}
