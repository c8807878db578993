/* SPDX-License-Identifier: MIT */
/*
 * policy.h: who may load what, and what it does to the kernel's honour. Nothing here allocates, and
 * no taint is ever taken back.
 */
#ifndef KOAN_MODULE_POLICY_H
#define KOAN_MODULE_POLICY_H

#include "module/load.h"

/* --- policy.c: may it be loaded at all? --- */

/* While booting: module_blacklist=, nomodule. */
void policy_init(const char *cmdline);
/* -EPERM when the current user may not have modules come or go, or nobody may any more. */
__must_check int policy_check(void);
/* -EPERM when this one may not come. */
__must_check int policy_check_name(struct load *ld);

/* --- taint.c --- */

/* What the module's .modinfo does to the kernel's honour; said once, never undone. */
void taint_by_module(struct load *ld);
/*
 * @ld does not fit, for @reason: 0 when it was asked for all the same, by @flag of MODULE_INIT_*,
 * which taints (as soon as there is a module); -ENOEXEC otherwise, without a word.
 */
__must_check int try_to_force_load(struct load *ld, unsigned int flag, const char *reason);
#define MODULE_FLAGS_SIZE 16
/* "POE": the letters of its taints, into @buf, of MODULE_FLAGS_SIZE. */
const char *module_taints(const struct module *mod, char *buf);
/* "(POE+)" as in an oops; "" for an untainted live module. The sign is the state's. */
const char *module_flags(const struct module *mod, char buf[MODULE_FLAGS_SIZE], bool show_state);

#endif
