/* SPDX-License-Identifier: MIT */
/*
 * read_kernel.c: the kernel as one more module, in two files. What it exports is read from its
 * linked image the way its own loader reads it: linker.ld puts the rows between __start___ksymtab and
 * __stop___ksymtab (and _gpl, _gpl_future); each is three addresses (struct kernel_symbol,
 * include/linux/export.h). How its sections refer to each other is read from its objects, linked
 * together but not yet placed: in the image that is forgotten.
 */
#include "modpost.h"

#include <stdlib.h>
#include <string.h>

#include "object.h"
#include "report.h"
#include "sections.h"

/* struct kernel_symbol. */
struct row {
	uint64_t value, name, namespace;
};

/* The bytes of the image at @address, and how many follow; NULL when the file has none there. */
static const char *bytes_at(const struct object *obj, GElf_Addr address, size_t *left)
{
	Elf_Scn *section = NULL;
	GElf_Shdr shdr;

	while ((section = elf_nextscn(obj->elf, section))) {
		Elf_Data *data;

		if (!gelf_getshdr(section, &shdr) || !(shdr.sh_flags & SHF_ALLOC) ||
		    address < shdr.sh_addr || address - shdr.sh_addr >= shdr.sh_size)
			continue;
		data = object_section_data(obj, elf_ndxscn(section));
		if (!data || address - shdr.sh_addr >= data->d_size)
			return NULL;
		*left = data->d_size - (address - shdr.sh_addr);
		return (const char *)data->d_buf + (address - shdr.sh_addr);
	}
	return NULL;
}

static const char *string_at(const struct object *obj, GElf_Addr address)
{
	size_t left;
	const char *text = bytes_at(obj, address, &left);

	return text && memchr(text, '\0', left) ? text : NULL;
}

/* The bounds of the tables, by kind. */
struct bounds {
	GElf_Addr start[EXPORT_KINDS], stop[EXPORT_KINDS];
};

static bool find_bounds(const struct object *obj, struct bounds *bounds)
{
	static const char *const table[EXPORT_KINDS] = {"__ksymtab", "__ksymtab_gpl",
							"__ksymtab_gpl_future", "__ksymtab_unused",
							"__ksymtab_unused_gpl"};
	struct symbol sym;

	for (size_t i = 1; i < obj->symbol_count; i++) {
		if (!object_symbol(obj, i, &sym))
			return false;
		for (int kind = 0; kind < EXPORT_KINDS; kind++) {
			if (!strncmp(sym.name, "__start_", 8) && !strcmp(sym.name + 8, table[kind]))
				bounds->start[kind] = sym.elf.st_value;
			if (!strncmp(sym.name, "__stop_", 7) && !strcmp(sym.name + 7, table[kind]))
				bounds->stop[kind] = sym.elf.st_value;
		}
	}
	return true;
}

static void take_table(const struct options *opt, const struct object *obj, struct module *kernel,
		       enum export_kind kind, const struct bounds *bounds)
{
	for (GElf_Addr at = bounds->start[kind]; at < bounds->stop[kind];
	     at += sizeof(struct row)) {
		size_t left = 0;
		const char *bytes = bytes_at(obj, at, &left);
		const char *name, *namespace;
		struct row row;

		if (!bytes || left < sizeof(row)) {
			error("%s: its export table leaves the file at %#jx", obj->path,
			      (uintmax_t)at);
			return;
		}
		/* A copy: nothing promises that the file's bytes are aligned in memory. */
		memcpy(&row, bytes, sizeof(row));
		name = string_at(obj, row.name);
		namespace = string_at(obj, row.namespace);
		if (!name || !namespace) {
			error("%s: the export at %#jx has no name", obj->path, (uintmax_t)at);
			return;
		}
		export_add(opt, kernel, name, namespace, kind, 0);
	}
}

void read_kernel(const struct options *opt, const char *path)
{
	struct bounds bounds = {0};
	struct module *kernel;
	struct object obj;

	if (!object_open(&obj, path, ET_EXEC))
		return;
	kernel = module_new(opt->list, KERNEL_PATH);
	if (find_bounds(&obj, &bounds))
		for (enum export_kind kind = 0; kind < EXPORT_KINDS; kind++)
			take_table(opt, &obj, kernel, kind, &bounds);
	if (opt->kernel_versions)
		versions_read(kernel, opt->kernel_versions);
	if (STAILQ_EMPTY(&kernel->exports))
		error("%s: exports nothing: no rows between __start___ksymtab and __stop___ksymtab",
		      path);
	object_close(&obj);
}

void read_kernel_objects(const char *path)
{
	struct symbol *symbols;
	struct object obj;

	if (!object_open(&obj, path, ET_REL))
		return;
	symbols = object_symbols(&obj);
	if (symbols) {
		check_section_flags(&obj, KERNEL_PATH);
		check_references(&obj, symbols, KERNEL_PATH);
	}
	if (mismatches_found())
		error("Section mismatches detected.");
	free(symbols);
	object_close(&obj);
}
