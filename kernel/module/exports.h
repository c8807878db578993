/* SPDX-License-Identifier: MIT */
/*
 * exports.h: who offers which symbol: the question that linking asks, and what answers it.
 */
#ifndef KOAN_EXPORTS_H
#define KOAN_EXPORTS_H

#include "module/load.h"

/* --- exports.c: every exported name, the kernel's and the modules' --- */

enum mod_license { NOT_GPL_ONLY, GPL_ONLY, GPL_FUTURE };

/* Where a name is looked for, in that order: the kernel's tables, then the index of the modules'. */
enum export_place {
	KERNEL_ALL,
	KERNEL_GPL,
	KERNEL_GPL_FUTURE,
	KERNEL_UNUSED,
	KERNEL_UNUSED_GPL,
	MODULES_INDEX,
	EXPORT_PLACES
};

/* One table of exports, sorted by name; [start, stop). */
struct symsearch {
	const struct kernel_symbol *start, *stop;
	const u32 *crcs;
	enum mod_license license;
	bool unused; /* its users are told that it may go */
};

struct find_symbol_arg {
	/* The question */
	const char *name;
	bool gplok; /* GPL-only exports may be found */
	bool warn;  /* say so when the use will not be allowed for ever */

	/* The answer */
	struct module *owner; /* NULL: the kernel */
	const u32 *crc;
	const struct kernel_symbol *sym;
	enum mod_license license;
	bool unused;

	/* How it was looked for, also when it was not found. */
	unsigned int probes[EXPORT_PLACES]; /* names that it was compared with in each place */
	enum export_place last;		    /* behind it no place was searched */
	bool found;			    /* there, though perhaps not for those who asked */
};

/* The tables of a module are those of the kernel. */
#define MODULE_TABLES MODULES_INDEX

/* For whom: "all". */
const char *export_license_name(enum mod_license license);
/* "__ksymtab_gpl" */
const char *export_place_name(enum export_place place);
/* Fills in the answer; false also when it is there, but not for those who asked. Allocates nothing. */
__must_check bool find_symbol(struct find_symbol_arg *fsa);
/* NULL when it is not there. */
const struct kernel_symbol *find_in_table(const struct symsearch *table, const char *name);
/* The tables that @mod brings, in the kernel's order; returns how many rows they have together. */
unsigned int module_tables(const struct module *mod, struct symsearch tables[MODULE_TABLES]);
/* Calls @fn for each table, kernel first; stops when it returns true, and returns that. */
bool each_symbol_section(bool (*fn)(const struct symsearch *table, struct module *owner,
				    void *data),
			 void *data);
/* Panics unless the kernel's tables are in strcmp() order, each name once. */
void exports_check_kernel(void);

/* --- publish.c: 9 a module's exports come and go --- */

/* -ENOEXEC for a name that is taken, by whomever. */
__must_check int exports_check_free(struct load *ld);
/* Makes the exports findable, all of which are free. -ENOMEM. */
__must_check int exports_publish(struct load *ld);
/* As many as were published go; nothing is left of priv->exports. */
void exports_withdraw(struct module *mod);

/* --- export_index.c: the modules' exports, by hash --- */

/* One exported symbol of a module. */
struct export_entry {
	struct export_entry *next; /* in its bucket */
	u32 hash;
	enum mod_license license;
	bool unused;
	const struct kernel_symbol *sym;
	const u32 *crc; /* NULL: it has none */
	struct module *owner;
};

/* Adds to *@probes how many names it compared. */
const struct export_entry *export_index_find(const char *name, unsigned int *probes);
void export_index_insert(struct export_entry *entry);
void export_index_remove(struct export_entry *entry);
/* So many entries are about to come (or, when negative, have gone). */
void export_index_resize(int more);

#endif
