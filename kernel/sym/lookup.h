/* SPDX-License-Identifier: MIT */
/* lookup.h: the symbols of modules, for kallsyms.c, which asks the kernel's own table first. */
#ifndef KOAN_SYM_LOOKUP_H
#define KOAN_SYM_LOOKUP_H

#include "sym/sym.h"

/* --- index.c: in one table --- */

/* Fills @by_address and @by_name. */
void sym_table_index(struct sym_table *table);
__must_check int sym_table_by_address(const struct sym_table *table, unsigned long address,
				      struct ksym_place *place);
/* Of several symbols with this name, the first in the file; NULL when there is none. */
const struct ksym *sym_table_by_name(const struct sym_table *table, const char *name);

/* --- modules.c: in all of them, newest first --- */

__must_check int module_sym_by_address(unsigned long address, struct ksym_place *place);
/* In the module called by the @module_len characters at @module; in all of them when it is NULL. */
unsigned long module_sym_by_name(const char *name, const char *module, size_t module_len);
/* In one table, by halving; adds to *@probes how many names were looked at. */
int sym_table_each_called(const struct sym_table *table, const char *name,
			  int (*fn)(const struct ksym *sym, void *data), void *data,
			  unsigned int *probes);
int module_sym_each_called(const char *name, int (*fn)(const struct ksym *sym, void *data),
			   void *data, unsigned int *probes);
int module_sym_each(int (*fn)(const struct ksym *sym, void *data), void *data);

#endif
