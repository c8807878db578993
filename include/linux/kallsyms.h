/* SPDX-License-Identifier: MIT */
/* kallsyms.h: from addresses to names and back, over the kernel and every loaded module. */
#ifndef _LINUX_KALLSYMS_H
#define _LINUX_KALLSYMS_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/errno.h>

#define KSYM_NAME_LEN 512
/* "name+0x1234/0x5678 [module]" */
#define KSYM_SYMBOL_LEN (KSYM_NAME_LEN + 2 * 19 + 64)

struct module;

/*
 * Exported, as on Linux, are sprint_symbol() and sprint_symbol_no_offset() alone: a module links to
 * what is exported, and finds nothing else by its name.
 */

/* Writes "name+0xoffset/0xsize [module]", or the bare address; returns the length. %pS. */
int sprint_symbol(char *buffer, unsigned long address);
/* Writes "name [module]". %ps. */
int sprint_symbol_no_offset(char *buffer, unsigned long address);
/* As sprint_symbol(), for a return address: the caller is looked up, the address printed. %pB. */
int sprint_backtrace(char *buffer, unsigned long address);

#ifdef CONFIG_KALLSYMS
/* 0 when there is none. "module:name" looks only in that module. */
unsigned long kallsyms_lookup_name(const char *name);
/*
 * The symbol that @address belongs to: its size and the offset of @address in it, each unless its
 * pointer is NULL. kallsyms_lookup() also gives the name, in @namebuf of KSYM_NAME_LEN bytes, and
 * the module, or NULL for the kernel; it returns @namebuf, or NULL when there is no symbol.
 * kallsyms_lookup_size_offset() returns 1, or 0 when there is none.
 */
const char *kallsyms_lookup(unsigned long address, unsigned long *size, unsigned long *offset,
			    char **modname, char *namebuf);
int kallsyms_lookup_size_offset(unsigned long address, unsigned long *size, unsigned long *offset);
/* Its bare name, in @name of KSYM_NAME_LEN bytes; -ERANGE when there is none. */
int lookup_symbol_name(unsigned long address, char *name);
/* The same for modules' symbols only: -ERANGE for those of the kernel. */
int lookup_module_symbol_name(unsigned long address, char *name);
/*
 * Calls @fn for each of the kernel's own symbols, in address order, until it returns something else
 * than 0, and returns that. The module is NULL, the name valid only during the call.
 */
int kallsyms_on_each_symbol(int (*fn)(void *data, const char *name, struct module *mod,
				      unsigned long address),
			    void *data);
#else
static inline unsigned long kallsyms_lookup_name(const char *name)
{
	(void)name;
	return 0;
}

static inline const char *kallsyms_lookup(unsigned long address, unsigned long *size,
					  unsigned long *offset, char **modname, char *namebuf)
{
	(void)address, (void)size, (void)offset, (void)modname, (void)namebuf;
	return NULL;
}

static inline int kallsyms_lookup_size_offset(unsigned long address, unsigned long *size,
					      unsigned long *offset)
{
	(void)address, (void)size, (void)offset;
	return 0;
}

static inline int lookup_symbol_name(unsigned long address, char *name)
{
	(void)address, (void)name;
	return -ERANGE;
}

static inline int lookup_module_symbol_name(unsigned long address, char *name)
{
	(void)address, (void)name;
	return -ERANGE;
}

static inline int kallsyms_on_each_symbol(int (*fn)(void *data, const char *name,
						    struct module *mod, unsigned long address),
					  void *data)
{
	(void)fn, (void)data;
	return 0;
}
#endif

#endif
