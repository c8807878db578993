/* SPDX-License-Identifier: MIT */
/*
 * registry.h: who is there, who needs whom, and who is told (phase 9). From registry_add() on the
 * name is taken; so each function that adds something has one here that takes it away again, for a
 * load that fails and for rmmod alike (load.c).
 */
#ifndef KOAN_MODULE_REGISTRY_H
#define KOAN_MODULE_REGISTRY_H

#include "module/load.h"

/* --- names.c --- */

/* As in Linux, `-` and `_` are the same in names of modules and of parameters. */
bool same_name(const char *a, const char *b);
/* The same, of the first @len characters. */
bool same_name_part(const char *a, const char *b, size_t len);

/* --- registry.c: 9 who is there, and who needs whom --- */

extern struct list_head modules; /* newest first */

/* -EEXIST when a module of that name is live, -EBUSY when it is not; no message, as in Linux. */
__must_check int registry_check_name(struct load *ld);
/* Not in a dry run. */
void registry_add(struct load *ld);
/* It is in the list no more; nobody may hold it. */
void registry_remove(struct module *mod);
/* 0, -EBUSY (its init has not returned), -ENOENT (going). */
__must_check int registry_may_use(const struct module *provider);
/* The same, or -ENOMEM; from then on the provider stays. */
__must_check int registry_use(struct module *user, struct module *provider);
/* Lets go of all that @mod uses. */
void registry_drop_uses(struct module *mod);
/*
 * Ends the time in which references can be taken. When some are held: -EAGAIN, or with @force
 * they are forgotten and *@forced is set.
 */
__must_check int registry_retire(struct module *mod, bool force, bool *forced);

/* --- notifier.c --- */

/* In a dry run: tells what the next one would do. */
void notify_try(struct load *ld);
/* An error of one that does not want it, after the others were told GOING. */
__must_check int notify_coming(struct load *ld);
void notify_live(struct module *mod);
void notify_going(struct module *mod);

/* --- leftovers.c --- */

/* Interrupts, regions, files in /proc and consoles that @mod still has are taken away, and told. */
void leftovers_take(const struct module *mod);

#endif
