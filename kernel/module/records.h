/* SPDX-License-Identifier: MIT */
/*
 * records.h: what is written down for those who ask later or look on from outside: a debugger, ksym,
 * /proc, /sys/kernel/debug, an oops. No phase reads any of it; but a module of which it cannot be
 * written down, for lack of memory, is not loaded.
 */
#ifndef KOAN_MODULE_RECORDS_H
#define KOAN_MODULE_RECORDS_H

#include "module/load.h"

struct node;
struct node_ops;

/* --- debugger.c: for who looks on from outside --- */

/* -ENOMEM, or priv->sections. */
__must_check int debugger_list_sections(struct load *ld);
void debugger_free(struct module *mod);
/*
 * The function for a debugger to break on, once for each load: @mod is in `modules`, every one of its
 * sections is where priv->sections says, with the bytes and the permissions that its code will
 * find; and not one instruction of it has run. Does nothing.
 */
void debugger_module_linked(struct module *mod);

/* --- origin.c: where it came from, what it imported --- */

enum { IMPORT_FOUND = '+', IMPORT_MISSING = '-' }; /* weak, and nobody exported it */

/* What module_load_file() said, once. */
const char *origin_take_file(void);
/* Fills in priv->file and priv->imports. -ENOMEM. */
__must_check int origin_record(struct load *ld);
/* Both, as far as there are any. */
void origin_free(struct module *mod);

/* --- stats.c: /sys/kernel/debug/modules --- */

void stats_init(void);
/* The init of @mod has returned, and what only it needed is still there. */
void stats_count_live(const struct module *mod);
/* No init was called: by what is in @ld stats.c sees how far it came. */
void stats_count_failed(const struct load *ld);
/* A module of that name is there already. */
void stats_count_duplicate(const char *name);
/* While booting: a file beside. Only the superuser may read it, as on Linux. */
void stats_file(const char *name, const struct node_ops *ops);

/* --- tracking.c --- */

#ifdef CONFIG_MODULE_UNLOAD_TAINT_TRACKING
void tracking_init(void);
/* @mod is about to go, after its init or its exit. */
void track_unloaded(const struct module *mod);
/* For print_modules(): a line that has no end yet, or nothing. */
void print_unloaded_tainted(void);
#else
static inline void tracking_init(void)
{
}
static inline void track_unloaded(const struct module *mod)
{
	(void)mod;
}
static inline void print_unloaded_tainted(void)
{
}
#endif

/* --- procfs.c --- */

void procfs_init(void);
/* For print_modules(): who was removed last. */
void procfs_remember_unload(const struct module *mod);

#endif
