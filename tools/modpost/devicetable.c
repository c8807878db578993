/* SPDX-License-Identifier: MIT */
/*
 * devicetable.c: makes aliases of the tables in which drivers list their devices. What finds a
 * device makes one long name of what it knows of it; depmod collects the aliases; and modprobe
 * matches the one with the others:
 *
 *	pci:v00001234d00001111sv00001AF4sd00001100bc03sc00i00	 a display adapter
 *	pci:v00001234d00001111sv*sd*bc*sc*i*			 the alias of its driver
 *
 * MODULE_DEVICE_TABLE(TYPE, NAME) leaves a symbol __mod_device_table__TYPE__NAME on the table. The
 * layouts of entries are those of include/linux/mod_devicetable.h; a table ends with one of zeros.
 */
#include "modpost.h"

#include <stdio.h>
#include <string.h>

#include "object.h"
#include "report.h"

#define PREFIX	  "__mod_device_table__"
#define ALIAS_MAX 512

/* --- struct pci_device_id --- */

#define PCI_ANY_ID 0xffffffff

struct pci_entry {
	uint32_t vendor, device, subvendor, subdevice, class, class_mask;
	uint64_t driver_data;
	uint32_t override_only;
};

/* "KEYvalue", or "KEY*" for any; returns where the text ends now. */
static char *add_field(char *at, const char *key, bool given, int digits, uint32_t value)
{
	at += sprintf(at, "%s", key);
	return at + (given ? sprintf(at, "%0*X", digits, value) : sprintf(at, "*"));
}

/* A byte of the class: all of its bits matter, or none. */
static char *add_class(char *at, const char *key, const struct pci_entry *entry, int shift)
{
	return add_field(at, key, (entry->class_mask >> shift & 0xff) == 0xff, 2,
			 entry->class >> shift & 0xff);
}

static bool mask_is_bytes(uint32_t mask)
{
	for (; mask; mask >>= 8)
		if ((mask & 0xff) != 0 && (mask & 0xff) != 0xff)
			return false;
	return true;
}

/* An entry whose alias the loader of another kind of driver looks for is not ours. */
static void add_pci(struct module *mod, const void *bytes)
{
	struct pci_entry entry;
	char alias[ALIAS_MAX], *at = alias;

	memcpy(&entry, bytes, sizeof(entry));
	if (!mask_is_bytes(entry.class_mask)) {
		warn("Can't handle masks in %s:%04X", mod->name, entry.class_mask);
		return;
	}
	at += sprintf(at, entry.override_only ? "vfio_pci:" : "pci:");
	at = add_field(at, "v", entry.vendor != PCI_ANY_ID, 8, entry.vendor);
	at = add_field(at, "d", entry.device != PCI_ANY_ID, 8, entry.device);
	at = add_field(at, "sv", entry.subvendor != PCI_ANY_ID, 8, entry.subvendor);
	at = add_field(at, "sd", entry.subdevice != PCI_ANY_ID, 8, entry.subdevice);
	at = add_class(at, "bc", &entry, 16);
	at = add_class(at, "sc", &entry, 8);
	at = add_class(at, "i", &entry, 0);
	/* A later kernel may say more of a device. */
	if (at[-1] != '*')
		strcpy(at, "*");
	name_add(&mod->aliases, alias, false);
}

/* --- struct platform_device_id --- */

struct platform_entry {
	char name[20];
	uint64_t driver_data;
};

static void add_platform(struct module *mod, const void *bytes)
{
	const struct platform_entry *entry = bytes;
	char alias[ALIAS_MAX];

	snprintf(alias, sizeof(alias), "platform:%.*s", (int)sizeof(entry->name), entry->name);
	name_add(&mod->aliases, alias, false);
}

/* --- struct of_device_id --- */

struct of_entry {
	char name[32], type[32], compatible[128];
	uint64_t data;
};

/* Two of them: a node may be compatible with more than what it names first. */
static void add_of(struct module *mod, const void *bytes)
{
	const struct of_entry *entry = bytes;
	bool type = *entry->type;
	char alias[ALIAS_MAX], *at = alias;

	at += sprintf(at, "of:N%.32sT%.32s", *entry->name ? entry->name : "*",
		      type ? entry->type : "*");
	if (*entry->compatible)
		at += sprintf(at, "%sC%.128s", type ? "*" : "", entry->compatible);
	for (char *blank = alias; (blank = strchr(blank, ' '));)
		*blank = '_';
	name_add(&mod->aliases, alias, false);
	strcpy(at, "C*");
	name_add(&mod->aliases, alias, false);
}

/* --- tables --- */

static const struct table {
	const char *type;
	size_t entry_size;
	void (*add)(struct module *mod, const void *entry);
} tables[] = {
	{"pci", sizeof(struct pci_entry), add_pci},
	{"platform", sizeof(struct platform_entry), add_platform},
	{"of", sizeof(struct of_entry), add_of},
};

_Static_assert(sizeof(struct pci_entry) == 40, "struct pci_device_id");
_Static_assert(sizeof(struct platform_entry) == 32, "struct platform_device_id");
_Static_assert(sizeof(struct of_entry) == 200, "struct of_device_id");

/* TYPE of "__mod_device_table__TYPE__NAME"; NULL when the symbol is no table of a type known. */
static const struct table *table_of(const char *symbol)
{
	const char *type = symbol + strlen(PREFIX), *end = strstr(type, "__");

	for (size_t i = 0; end && i < sizeof(tables) / sizeof(*tables); i++)
		if (strlen(tables[i].type) == (size_t)(end - type) &&
		    !strncmp(tables[i].type, type, (size_t)(end - type)))
			return &tables[i];
	return NULL;
}

static bool check_table(const struct module *mod, const struct table *table, const char *bytes,
			size_t size)
{
	size_t n = table->entry_size;

	if (size < n || size % n) {
		error("%s: sizeof(struct %s_device_id)=%zu is not a modulo of the size of section " PREFIX
		      "%s__<identifier>=%zu.\n"
		      "Fix definition of struct %s_device_id in mod_devicetable.h",
		      mod->name, table->type, n, table->type, size, table->type);
		return false;
	}
	for (size_t i = size - n; i < size; i++) {
		if (!bytes[i])
			continue;
		error("%s: struct %s_device_id is not terminated with a NULL entry!", mod->name,
		      table->type);
		hint("add an entry { } behind the last one of the table");
		return false;
	}
	return true;
}

void devicetable_add(struct module *mod, const struct object *obj, const struct symbol *sym)
{
	const struct table *table;
	Elf_Data *data;
	const char *bytes;

	if (strncmp(sym->name, PREFIX, strlen(PREFIX)))
		return;
	table = table_of(sym->name);
	data = object_section_data(obj, sym->section);
	/* Without bytes in the file it is all zeros: the end. */
	if (!table || !data || !data->d_buf)
		return;
	if (sym->elf.st_value > data->d_size ||
	    sym->elf.st_size > data->d_size - sym->elf.st_value) {
		error("%s: %s leaves its section", mod->name, sym->name);
		return;
	}
	bytes = (const char *)data->d_buf + sym->elf.st_value;
	if (!check_table(mod, table, bytes, sym->elf.st_size))
		return;
	for (size_t at = 0; at + table->entry_size < sym->elf.st_size; at += table->entry_size)
		table->add(mod, bytes + at);
}
