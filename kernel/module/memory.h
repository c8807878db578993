/* SPDX-License-Identifier: MIT */
/*
 * memory.h: the module gets its memory: phases 3 (how much), 4 (take it, copy the file there),
 * 5 (find the tables in it) and 8 (give every page the rights that it shall have).
 *
 * They take a file that has been verified (file.h). place.c alone knows where memory comes from; it
 * belongs to ld->mem until struct module is in its place, then to ld->mod. Unless said otherwise: 0,
 * or -ENOEXEC after a message; -ENOMEM.
 */
#ifndef KOAN_MODULE_MEMORY_H
#define KOAN_MODULE_MEMORY_H

#include "module/load.h"

/* --- layout.c: 3 plan. Pure. --- */

/* Gives each section that is loaded its place in ld->plan and adds it to its kind's ld->blocks. */
__must_check int layout_plan(struct load *ld);

/* --- place.c: 4 take memory; the only one who knows where it comes from --- */

/* Takes memory for ld->blocks, copies the sections there, and has ld->mod and its priv begin there. -ENOMEM. */
__must_check int place_sections(struct load *ld);
/* Gives back all kinds of @mem, of MOD_MEM_NUM_TYPES; struct module itself lies in one of them. */
void place_free(struct module_memory *mem);
/* init has returned: gives back what only it needed. */
void place_free_init(struct load *ld);

/* --- sections.c: 5 the tables a module brings --- */

/* The index of the loaded section @name; 0: there is none. */
unsigned int find_sec(const struct load *ld, const char *name);
/* The table in section @name and its number of rows; NULL and 0 when there is none. */
void *section_objs(const struct load *ld, const char *name, size_t row, unsigned int *count);
/* Has ld->mod, and its priv, lead to the tables of the module. */
__must_check int find_module_sections(struct load *ld);
/* A string inside one of the module's own blocks that stay after init, of a length that all can handle. */
bool module_owns_string(const struct module *mod, const char *s);
/* After relocation: names end inside the module, rows are in strcmp() order. */
__must_check int verify_export_tables(struct load *ld);

/* --- protect.c: 8 seal --- */

/* From here on no page is both written and run; what is constant is read-only. */
void protect_module(struct load *ld);
/* .data..ro_after_init, once init has returned. */
void protect_after_init(struct load *ld);

#endif
