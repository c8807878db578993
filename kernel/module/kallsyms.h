/* SPDX-License-Identifier: MIT */
/* kallsyms.h: what kallsyms.c does for the loader, and how nothing of it is done. */
#ifndef KOAN_MODULE_KALLSYMS_H
#define KOAN_MODULE_KALLSYMS_H

#include "module/load.h"
#include "sym/sym.h"

/* A module's symbols as /proc/kallsyms shows them: those that go after init are a table apart. */
struct kallsyms_part {
	struct sym_table table;
	struct ksym *syms; /* owned, as the table's two lists of numbers */
	bool visible;
};

enum { KALLSYMS_CORE, KALLSYMS_INIT, KALLSYMS_PARTS };

struct mod_kallsyms {
	struct kallsyms_part parts[KALLSYMS_PARTS];
	char *names; /* owned */
};

#ifdef CONFIG_KALLSYMS
__must_check int kallsyms_build(struct load *ld);
void kallsyms_show(struct module *mod);
/* The symbols of .init sections go with their memory. */
void kallsyms_drop_init(struct module *mod);
void kallsyms_free(struct module *mod);
#else
static inline int kallsyms_build(struct load *ld)
{
	(void)ld;
	return 0;
}

static inline void kallsyms_show(struct module *mod)
{
	(void)mod;
}

static inline void kallsyms_drop_init(struct module *mod)
{
	(void)mod;
}

static inline void kallsyms_free(struct module *mod)
{
	(void)mod;
}
#endif

#endif
