/* SPDX-License-Identifier: MIT */
/*
 * sym.h: names to addresses and back. The kernel's own table is made by tools/kallsyms from the
 * linked image and linked in again; loaded modules hand theirs down with sym_table_add(). Without
 * CONFIG_KALLSYMS there are no names, and addresses are printed as they are.
 */
#ifndef KOAN_SYM_H
#define KOAN_SYM_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/list.h>

/* One symbol as /proc/kallsyms shows it. */
struct ksym {
	unsigned long address;
	char type;	    /* nm's letter */
	const char *name;   /* valid while its table is */
	const char *module; /* NULL for the kernel's own */
};

/* Where an address lies. */
struct ksym_place {
	char name[KSYM_NAME_LEN];
	unsigned long start;  /* of the symbol */
	unsigned long offset; /* of the address in it */
	unsigned long size;   /* up to the next symbol, or the end of the memory it lies in */
	const char *module;   /* NULL for the kernel's own */
};

/* A module's symbols: all memory belongs to the module and outlives the registration. */
struct sym_table {
	struct list_head list; /* newest first, like /proc/modules */
	const char *module;
	const struct ksym *syms; /* in the order of the file's symbol table */
	unsigned int count;
	/* Room for @count numbers each; sym_table_add() fills them, so that lookups can halve. */
	u32 *by_address, *by_name;
	/* The half-open address ranges that the module covers; a size of 0 means unused. */
	struct {
		unsigned long start, size;
	} ranges[8];
};

#ifdef CONFIG_KALLSYMS
/* Visible to lookups from now on; never fails. */
void sym_table_add(struct sym_table *table);
void sym_table_remove(struct sym_table *table);

/* -ENOENT when no known code or data covers @address. Needs no memory: panic() may call it. */
__must_check int sym_lookup_address(unsigned long address, struct ksym_place *place);
/* The address of the symbol with this name; "module:name" asks one module. 0: there is none. */
unsigned long sym_lookup_name(const char *name);
/*
 * Calls @fn for every symbol, kernel first in address order, then module by module; stops at its
 * first result that is not 0 and returns it. ksym.name is valid only during the call.
 */
int sym_each(int (*fn)(const struct ksym *sym, void *data), void *data);
/*
 * Calls @fn for every symbol that is called @name, as sym_each(), but finds them by halving: adds to
 * *@probes how many names were looked at. ksym.name is @name.
 */
int sym_each_called(const char *name, int (*fn)(const struct ksym *sym, void *data), void *data,
		    unsigned int *probes);
/* Number of the kernel's own symbols. */
unsigned int sym_kernel_count(void);
#else
static inline int sym_lookup_address(unsigned long address, struct ksym_place *place)
{
	(void)address;
	(void)place;
	return -ENOENT;
}

static inline int sym_each(int (*fn)(const struct ksym *sym, void *data), void *data)
{
	(void)fn;
	(void)data;
	return 0;
}

static inline int sym_each_called(const char *name, int (*fn)(const struct ksym *sym, void *data),
				  void *data, unsigned int *probes)
{
	(void)name;
	(void)fn;
	(void)data;
	(void)probes;
	return 0;
}
#endif
/* %pS, %ps and %pB print symbols from now on. */
void sym_init(void);

#endif
