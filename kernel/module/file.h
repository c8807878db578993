/* SPDX-License-Identifier: MIT */
/*
 * file.h: what is in the file: phases 0 to 2, all that is decided before the module gets memory.
 *
 * They take ld->image and ld->len, which nobody has checked, and fill in ld->elf, ld->info and the
 * list of versions, whose pointers lead into the file: it has to stay until the load ends. What they
 * allocate (ld->unpacked, ld->info.namespaces, ld->versions) belongs to the load. Unless said
 * otherwise: 0, or -ENOEXEC after a message; -ENOMEM.
 */
#ifndef KOAN_MODULE_FILE_H
#define KOAN_MODULE_FILE_H

#include "module/load.h"

struct node; /* fs/fs.h */

/* --- decompress.c: what is in the file? --- */

/*
 * Has ld->image lead to the module itself; when that is not the file, it is in ld->unpacked. -EINVAL
 * (damaged), -EOPNOTSUPP (packed in a way that the kernel does not know), -ENOMEM.
 */
__must_check int decompress_file(struct load *ld);
/* While booting: /sys/module/compression. */
void decompress_init(struct node *sys_module);

/* --- signing.c: 0 who vouches for it? --- */

#ifdef CONFIG_MODULE_SIG
/* Reads the certificates of those whom this kernel trusts, and `lockdown=`. */
void signing_init(const char *cmdline);
/*
 * Takes the signature off the file, when there is one, and sets ld->sig_ok. -EKEYREJECTED, -EPERM
 * when it must have a good one; -EKEYREJECTED, -EBADMSG when what it has is wrong.
 */
__must_check int module_sig_check(struct load *ld);
#else
static inline void signing_init(const char *cmdline)
{
	(void)cmdline;
}

static inline int module_sig_check(struct load *ld)
{
	(void)ld;
	return 0;
}
#endif

/* --- elf.c, elf_tables.c, elf_symbols.c: 1 distrust. Pure. --- */

/* Header, section headers, section names and the indexes of the sections the loader knows. */
__must_check int elf_open(struct load *ld);
/* The above, and that struct module, symbols, relocations and tables hold no surprise. */
__must_check int elf_verify(struct load *ld);
/* Two parts of elf_verify(): struct module and the tables; names and values of the symbols. */
__must_check int elf_verify_tables(struct load *ld);
__must_check int elf_verify_symbols(struct load *ld);
/* Section @index holds relocations; those of sections that are not loaded are never read. */
__must_check int elf_verify_relocations(struct load *ld, unsigned int index);
/* These three, of a file that was opened, never fail; @index is below its number of them. */
const char *section_name(const struct load *ld, unsigned int index);
const char *symbol_name(const struct load *ld, unsigned int index);
/* The bytes of a section in the file; not for SHT_NOBITS or SHT_NULL. */
const void *section_data(const struct load *ld, unsigned int index);
/* There are bytes of the file behind this header. */
bool section_has_bytes(const Elf64_Shdr *section);
/* It takes memory when the module runs. */
bool section_is_loaded(const Elf64_Shdr *section);

/* --- info.c: 2 who are you. Pure. --- */

/* The value of the first `tag=value` in .modinfo; NULL when there is none. */
const char *modinfo_get(const struct load *ld, const char *tag);
/* Fills in ld->info. -ENOEXEC for what contradicts itself or what Linux refuses, too; -ENOMEM. */
__must_check int info_read(struct load *ld);
bool license_is_gpl_compatible(const char *license);
/* A namespace that lists the modules that may use it: EXPORT_SYMBOL_FOR_MODULES(). */
#define NAMESPACE_LIST "module:"
/*
 * Whether the module imports @namespace; or, when that lists modules ("module:a,b*"), whether this
 * one is among them.
 */
bool namespace_is_imported(const struct load *ld, const char *namespace);

/* --- version_table.c: 2 what was it built against? Pure. --- */

/* Fills in has_versions and the sorted list; nothing of that when versions are to be ignored. */
__must_check int versions_read(struct load *ld);
/* What the module says of symbol @name; NULL: nothing. */
const struct version *version_find(const struct load *ld, const char *name);

/* --- vermagic.c: built for this kernel? Pure. --- */

/* -ENOEXEC when release or options are others. */
__must_check int check_vermagic(struct load *ld);

#endif
