/* SPDX-License-Identifier: MIT */
/*
 * private.h: what the loader keeps about a module that lives, behind struct module's priv. It comes
 * with the first phase that needs it and goes with the module; each part is freed by the file that
 * made it.
 */
#ifndef KOAN_MODULE_PRIVATE_H
#define KOAN_MODULE_PRIVATE_H

#include <linux/module.h>

struct node; /* fs/fs.h */

/* Where a section of the file is. */
struct module_section {
	const char *name;
	unsigned long address;
};

typedef void (*ctor_fn_t)(void);

/* What only the loader needs to keep about a module that lives. */
struct module_private {
	/* As the tables of struct module; these were left out of Linux's in 5.12. */
	const struct kernel_symbol *unused_syms, *unused_gpl_syms;
	const u32 *unused_crcs, *unused_gpl_crcs;
	unsigned int num_unused_syms, num_unused_gpl_syms;

	const ctor_fn_t *constructors; /* what is to be called before init; in the module */
	unsigned int constructor_count;
	struct export_entry *exports;	 /* owned: its rows in the index of all exports */
	unsigned int exports_counted;	 /* how many rows it brings */
	unsigned int exports_shown;	 /* how many of them are in the index */
	bool was_announced;		 /* notifiers were told COMING, so they are owed a GOING */
	struct node *sysfs, *holders;	 /* its directory in /sys/module, and the one in that */
	char *file;			 /* owned: the path of its file; NULL: unknown */
	char *imports;			 /* owned: see origin.c; NULL: there are none */
	struct module_section *sections; /* owned: those in memory, in file order; for debuggers */
	unsigned int section_count;
};

/* @user uses @provider, by however many symbols. */
struct module_use {
	struct list_head source_list; /* in provider->source_list */
	struct list_head target_list; /* in user->target_list */
	struct module *user, *provider;
	struct node *holder; /* the user's link in the provider's holders, once it is there */
};

#endif
