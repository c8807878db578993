/* SPDX-License-Identifier: MIT */
/*
 * info.c: phase 2, who are you? Reads .modinfo: strings `tag=value`, each with its NUL.
 *
 * Assumes that elf_verify() returned 0 (for modinfo_each(): that elf_open() did). Decides whether it
 * has a usable name. Promises a name that struct module and .modinfo agree on. Pure, except that it
 * allocates the list of imported namespaces, which struct load owns.
 */
#include "module/load.h"
#include "module/file.h"
#include "module/registry.h"

#include <linux/bsearch.h>
#include <linux/ctype.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/string.h>

/* One string of .modinfo, taken apart. */
struct modinfo_entry {
	const char *tag;
	size_t tag_len;
	const char *value;
};

/* Reads the entry at *@at and moves *@at behind it; false at the end. Text without `=` is skipped. */
static bool modinfo_next(const char **at, const char *end, struct modinfo_entry *entry)
{
	const char *equals;

	while (*at < end) {
		entry->tag = *at;
		*at += strlen(*at) + 1;
		equals = strchr(entry->tag, '=');
		if (!equals)
			continue; /* also the NULs that alignment leaves between two strings */
		entry->tag_len = equals - entry->tag;
		entry->value = equals + 1;
		return true;
	}
	return false;
}

static const char *modinfo_begin(const struct load *ld, const char **end)
{
	const char *begin;

	if (!ld->elf.modinfo)
		return *end = NULL;
	begin = section_data(ld, ld->elf.modinfo);
	*end = begin + ld->elf.sections[ld->elf.modinfo].sh_size;
	return begin;
}

static bool tag_is(const struct modinfo_entry *entry, const char *tag)
{
	return entry->tag_len == strlen(tag) && memcmp(entry->tag, tag, entry->tag_len) == 0;
}

const char *modinfo_get(const struct load *ld, const char *tag)
{
	const char *end, *at = modinfo_begin(ld, &end);
	struct modinfo_entry entry;

	while (modinfo_next(&at, end, &entry))
		if (tag_is(&entry, tag))
			return entry.value;
	return NULL;
}

int modinfo_each(const void *image, size_t len,
		 int (*fn)(const char *tag, size_t tag_len, const char *value, void *data),
		 void *data)
{
	struct load ld = {.image = image, .len = len, .quiet = true};
	struct modinfo_entry entry;
	const char *at, *end;
	int ret;

	ret = elf_open(&ld);
	if (ret)
		return ret;
	if (!ld.elf.modinfo)
		return -ENOEXEC;
	at = modinfo_begin(&ld, &end);
	while (!ret && modinfo_next(&at, end, &entry))
		ret = fn(entry.tag, entry.tag_len, entry.value, data);
	return ret;
}

/* Licences that may use GPL-only exports: the list of Linux's license-rules. */
bool license_is_gpl_compatible(const char *license)
{
	static const char *const compatible[] = {
		"GPL",		"GPL v2",	"GPL and additional rights",
		"Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL",
	};
	unsigned int i;

	for (i = 0; license && i < ARRAY_SIZE(compatible); i++)
		if (strcmp(license, compatible[i]) == 0)
			return true;
	return false;
}

/* A name is a word: it is printed in columns, typed at prompts and used as a file's name. */
static bool name_is_usable(const char *name)
{
	size_t i;

	for (i = 0; name[i]; i++)
		if (!isalnum(name[i]) && !strchr("_-.+", name[i]))
			return false;
	return i > 0 && i < MODULE_NAME_LEN && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

static int check_name(struct load *ld)
{
	const char *name = section_data(ld, ld->elf.this_module);

	name += offsetof(struct module, name);
	if (!name_is_usable(name))
		return load_fail(ld, ENOEXEC,
				 "'%s' cannot name a module: 1 to %lu letters, digits or _-.+",
				 name, (unsigned long)MODULE_NAME_LEN - 1);
	if (ld->info.name && strcmp(ld->info.name, name) != 0)
		return load_fail(ld, ENOEXEC, "struct module says that its name is '%s'", name);
	ld->name = name;
	return 0;
}

/* It would replace functions of the running kernel: there is nothing here that could. */
static int check_livepatch(struct load *ld)
{
	if (!modinfo_get(ld, "livepatch"))
		return 0;
	return load_fail(ld, ENOEXEC,
			 "module is marked as livepatch module, but livepatch support is disabled");
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, so that resolving stays fast for a module with many imports of both kinds. */
static int gather_namespaces(struct load *ld)
{
	const char *end, *begin = modinfo_begin(ld, &end), *at = begin;
	struct modinfo_entry entry;
	unsigned int n = 0;

	while (modinfo_next(&at, end, &entry))
		n += tag_is(&entry, "import_ns");
	if (n == 0)
		return 0;
	ld->info.namespaces = kcalloc(n, sizeof(char *), GFP_KERNEL);
	if (!ld->info.namespaces)
		return load_fail(ld, ENOMEM, "no memory for %u imported namespaces", n);
	for (at = begin; modinfo_next(&at, end, &entry);)
		if (tag_is(&entry, "import_ns"))
			ld->info.namespaces[ld->info.namespace_count++] = entry.value;
	sort(ld->info.namespaces, n, sizeof(char *), compare_names, NULL);
	return 0;
}

/* Whether the @len characters at @pattern, with a `*` for any rest at most at the end, fit. */
static bool pattern_fits(const char *pattern, size_t len, const char *name)
{
	bool open = len && pattern[len - 1] == '*';

	return open ? same_name_part(pattern, name, len - 1)
		    : same_name_part(pattern, name, len) && !name[len];
}

static bool namespace_lists(const char *patterns, const char *name)
{
	size_t len;

	for (;; patterns += len + 1) {
		len = strcspn(patterns, ",");
		if (pattern_fits(patterns, len, name))
			return true;
		if (!patterns[len])
			return false;
	}
}

bool namespace_is_imported(const struct load *ld, const char *namespace)
{
	if (strncmp(namespace, NAMESPACE_LIST, strlen(NAMESPACE_LIST)) == 0)
		return namespace_lists(namespace + strlen(NAMESPACE_LIST), ld->name);
	return bsearch(&namespace, ld->info.namespaces, ld->info.namespace_count, sizeof(char *),
		       compare_names);
}

static void tell_info(const struct load *ld)
{
	const struct module_info *info = &ld->info;
	unsigned int i;

	load_tell(ld, "name '%s' in struct module%s", ld->name,
		  info->name ? " and in .modinfo" : ", and none in .modinfo");
	load_tell(ld, "license '%s': %s", info->license ?: "(none)",
		  license_is_gpl_compatible(info->license)
			  ? "may use what is exported for GPL only"
			  : "may not use what is exported for GPL only");
	if (info->depends && *info->depends)
		load_tell(ld, "depends on %s", info->depends);
	for (i = 0; i < info->namespace_count; i++)
		load_tell(ld, "imports namespace %s", info->namespaces[i]);
}

int info_read(struct load *ld)
{
	struct module_info *info = &ld->info;
	int err;

	load_step(ld, STEP_INFO);
	info->name = modinfo_get(ld, "name");
	info->vermagic = modinfo_get(ld, "vermagic");
	info->license = modinfo_get(ld, "license");
	info->version = modinfo_get(ld, "version");
	info->srcversion = modinfo_get(ld, "srcversion");
	info->depends = modinfo_get(ld, "depends");
	info->in_tree = modinfo_get(ld, "intree");
	info->staging = modinfo_get(ld, "staging");
	info->test = modinfo_get(ld, "test");
	err = check_name(ld);
	err = err ?: check_livepatch(ld);
	err = err ?: gather_namespaces(ld);
	if (!err)
		tell_info(ld);
	return err;
}
