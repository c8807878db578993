/* SPDX-License-Identifier: MIT */
/* lookup.h: what modules.c does for kallsyms.c, which asks the kernel's own table first. */
#ifndef KOAN_SYM_LOOKUP_H
#define KOAN_SYM_LOOKUP_H

#include "sym/sym.h"

__must_check int module_sym_by_address(unsigned long address, struct ksym_place *place);
/* In the module called by the @module_len characters at @module; in all of them when it is NULL. */
unsigned long module_sym_by_name(const char *name, const char *module, size_t module_len);
int module_sym_each(int (*fn)(const struct ksym *sym, void *data), void *data);

#endif
