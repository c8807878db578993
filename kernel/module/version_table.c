/* SPDX-License-Identifier: MIT */
/*
 * version_table.c: what the module was built against: for each symbol of others that it uses, the
 * CRC that the symbol's type had then. Two forms, of which a module may have either or both:
 *
 *   __versions                  rows of 64 bytes, struct modversion_info: names of up to 55 letters
 *   __version_ext_crcs, _names  a u32 and a string a symbol, in the same order: names of any length
 *
 * Assumes a file that elf_verify() let pass. Promises one list, sorted by name, whose names end
 * where they should; the extended form counts where there are both, as on Linux. Pure, except that
 * it allocates the list, which struct load owns. Tables are not copied: the list points into the
 * file.
 */
#include "module/load.h"
#include "module/file.h"

#include <linux/bsearch.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/string.h>

static int compare_versions(const void *a, const void *b)
{
	return strcmp(((const struct version *)a)->name, ((const struct version *)b)->name);
}

static int compare_name(const void *name, const void *version)
{
	return strcmp(name, ((const struct version *)version)->name);
}

/* The section's index; 0 when there is none that has bytes. */
static unsigned int find_table(const struct load *ld, const char *name)
{
	unsigned int i;

	for (i = 1; i < ld->elf.header->e_shnum; i++)
		if (strcmp(section_name(ld, i), name) == 0 &&
		    section_has_bytes(ld->elf.sections + i))
			return i;
	return 0;
}

static int make_room(struct load *ld, u64 count)
{
	ld->versions = kcalloc(count, sizeof(*ld->versions), GFP_KERNEL);
	if (!ld->versions && count)
		return load_fail(ld, ENOMEM, "no memory for %llu versions", count);
	ld->has_versions = true;
	return 0;
}

static void add_version(struct load *ld, const char *name, u32 crc)
{
	ld->versions[ld->version_count++] = (struct version){.name = name, .crc = crc};
}

/* Where the file lies, a table need not be aligned. */
static u32 read_crc(const void *at)
{
	u32 crc;

	memcpy(&crc, at, sizeof(crc));
	return crc;
}

/* Rows are whole, and their names end inside them. */
static int read_basic(struct load *ld, unsigned int section)
{
	const size_t row = sizeof(struct modversion_info);
	const char *at = section_data(ld, section), *name;
	u64 i, size = ld->elf.sections[section].sh_size;
	int err;

	if (size % row)
		return load_fail(ld, ENOEXEC, "%s has %llu bytes, no whole number of %zu-byte rows",
				 VERSIONS_SECTION, size, row);
	err = make_room(ld, size / row);
	for (i = 0; !err && i < size / row; i++, at += row) {
		name = at + offsetof(struct modversion_info, name);
		if (!memchr(name, '\0', MODULE_NAME_LEN))
			return load_fail(ld, ENOEXEC, "%s row %llu: the name has no end",
					 VERSIONS_SECTION, i);
		add_version(ld, name, read_crc(at + offsetof(struct modversion_info, crc)));
	}
	return err;
}

/* A name for each CRC; what names are left over is ignored, as on Linux. */
static int read_extended(struct load *ld, unsigned int crcs, unsigned int names)
{
	const u8 *crc = section_data(ld, crcs);
	const char *name = section_data(ld, names), *end = name + ld->elf.sections[names].sh_size;
	u64 i, count = ld->elf.sections[crcs].sh_size / sizeof(u32);
	size_t len;
	int err;

	ld->versions_extended = true;
	err = make_room(ld, count);
	for (i = 0; !err && i < count; i++, crc += sizeof(u32), name += len + 1) {
		len = strnlen(name, end - name);
		if (len == (size_t)(end - name))
			return load_fail(ld, ENOEXEC, "more extended version crcs than names");
		add_version(ld, name, read_crc(crc));
	}
	return err;
}

/* modpost writes rows in order; then there is nothing to do, which shows where there are thousands. */
static void sort_versions(struct load *ld)
{
	unsigned int i;

	for (i = 1; i < ld->version_count; i++)
		if (compare_versions(ld->versions + i - 1, ld->versions + i) > 0)
			break;
	if (i < ld->version_count)
		sort(ld->versions, ld->version_count, sizeof(*ld->versions), compare_versions,
		     NULL);
}

int versions_read(struct load *ld)
{
	unsigned int crcs = find_table(ld, VERSION_EXT_CRCS_SECTION);
	unsigned int names = find_table(ld, VERSION_EXT_NAMES_SECTION);
	unsigned int basic = find_table(ld, VERSIONS_SECTION);
	int err = 0;

	load_step(ld, STEP_VERSIONS);
	if (!crcs != !names)
		return load_fail(ld, ENOEXEC, "extended version crc+name presence does not match");
	if (ld->flags & MODULE_INIT_IGNORE_MODVERSIONS) {
		load_tell(ld, "not looked at: forced");
		return 0;
	}
	if (crcs)
		err = read_extended(ld, crcs, names);
	else if (basic)
		err = read_basic(ld, basic);
	if (!err)
		sort_versions(ld);
	if (!err && ld->has_versions)
		load_tell(ld, "%s says with which CRC each of %u symbols was used",
			  crcs ? VERSION_EXT_CRCS_SECTION : VERSIONS_SECTION, ld->version_count);
	else if (!err)
		load_tell(ld, "the file has no CRCs of the symbols that it uses");
	return err;
}

const struct version *version_find(const struct load *ld, const char *name)
{
	return ld->version_count ? bsearch(name, ld->versions, ld->version_count,
					   sizeof(*ld->versions), compare_name)
				 : NULL;
}
