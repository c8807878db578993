/* SPDX-License-Identifier: MIT */
/*
 * load.h: the loader's own header. Two structures, split by how long they live:
 *
 *   struct load            dies with the load: what each phase found out for the next ones
 *   struct module          lives on (include/linux/module.h), and struct module_private behind it
 *                          (private.h)
 *
 * No phase cleans up after itself. Whatever it allocates it stores at once in one of the two, and
 * load.c alone gives back, coping with any part that was never reached.
 *
 * Here is the first of the two, and how a phase refuses. The phases themselves are declared in the
 * order in which a load meets them: file.h (0 to 2: what is in the file?), policy.h (may it be
 * loaded?), memory.h (3, 4, 5, 8), link.h (6, 7), kallsyms.h, registry.h and exports.h (9: others
 * can see it), params.h (10), sysfs.h, run.h (11: its own code), records.h (what is remembered of
 * it); inside a header, by the file that implements them. All say alike what went wrong: 0, or a
 * negative errno, after the message unless they say otherwise.
 */
#ifndef KOAN_LOAD_H
#define KOAN_LOAD_H

#include <linux/types.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/panic.h>
#include "module/elf_format.h"
#include "module/modules.h"
#include "module/story.h"

/* The sections that the loader knows by their names. */
#define MODINFO_SECTION		  ".modinfo"
#define THIS_MODULE_SECTION	  ".gnu.linkonce.this_module"
#define VERSIONS_SECTION	  "__versions"
#define VERSION_EXT_CRCS_SECTION  "__version_ext_crcs"
#define VERSION_EXT_NAMES_SECTION "__version_ext_names"

/* 1: the parts of the file, found and checked; the pointers lead into it. Index 0: no such part. */
struct elf_view {
	const Elf64_Ehdr *header;
	const Elf64_Shdr *sections;
	const char *section_names;
	unsigned int this_module; /* section .gnu.linkonce.this_module */
	unsigned int modinfo;	  /* section .modinfo */
	unsigned int symtab;
	const Elf64_Sym *symbols;
	unsigned int symbol_count;
	const char *strings; /* the symbols' names */
	u64 strings_size;
};

/* 2: what the module says about itself; NULL where it is silent. The strings lie in the file. */
struct module_info {
	const char *name, *vermagic, *license, *version, *srcversion, *depends;
	bool in_tree, staging, test;
	const char **namespaces; /* owned: the namespaces it imports, sorted */
	unsigned int namespace_count;
};

/* 3: where a section goes; 4 fills in the addresses. */
struct section_plan {
	enum mod_mem_type kind; /* MOD_INVALID: it is not loaded */
	u64 offset;		/* from the start of its kind's block */
	unsigned long address;	/* where the module will see it */
	u8 *bytes;		/* where the loader may write it */
};

/* 3: one block of memory, holding all sections of a kind. */
struct block_plan {
	u64 size;
	u64 align; /* the largest that a section in it asks for */
};

/* A symbol that the module uses, and what its type was then; the name lies in the file. */
struct version {
	const char *name;
	u32 crc;
};

/* The first so many rows of relocate.c's table are the kinds that it can apply. */
#define RELOC_KINDS 7

struct load {
	const void *image;
	size_t len;
	const char *args;
	const char *file;   /* path; NULL: unknown */
	unsigned int flags; /* MODULE_INIT_* */
	void *unpacked;	    /* owned: what image leads to when the file was compressed */
	bool quiet;	    /* refuse without a word: the caller only looks */
	bool dry_run;	    /* stop before anybody else can see it, and give all back */
	enum load_step step;
	const struct load_listener *listener; /* NULL: nobody listens */
	char *tried_args;		      /* owned: the arguments, in a dry run */
	bool sig_ok;			      /* 0: somebody whom we trust has signed it */
	const char *forced; /* 2: why it should not be loaded, but was asked for all the same */
	const char *name;   /* for messages; never NULL */

	/* What it was built against. */
	bool has_versions;
	bool versions_extended; /* they are of the form without a limit to names */
	bool told_missing_version;
	struct version *versions; /* owned: sorted by name */
	unsigned int version_count;

	struct elf_view elf;
	struct module_info info;
	struct section_plan *plan; /* owned: one a section of the file */
	struct block_plan blocks[MOD_MEM_NUM_TYPES];
	struct module_memory mem[MOD_MEM_NUM_TYPES]; /* owned, until mod takes it over */
	struct module *mod;			     /* inside mem; NULL until it is placed */
	u64 *values;				     /* owned: one a symbol of the file */
	unsigned int missing; /* 6: the first symbol that it cannot have; 0: none is missing */
	unsigned int relocated[RELOC_KINDS]; /* 7: so many of each kind */
};

/*
 * Every refusal goes through one of these two. They cannot return success: the error is a
 * constant, and it is checked while compiling. The first prints "NAME: text"; the second is for
 * the time before a module has a name, as in Linux.
 */
#define load_fail(ld, error, fmt, ...)                                                             \
	({                                                                                         \
		static_assert((error) > 0, "a refusal is never success");                          \
		if (!(ld)->quiet)                                                                  \
			pr_err("%s: " fmt "\n", (ld)->name, ##__VA_ARGS__);                        \
		-(error);                                                                          \
	})
#define load_fail_unnamed(ld, error, fmt, ...)                                                     \
	({                                                                                         \
		static_assert((error) > 0, "a refusal is never success");                          \
		if (!(ld)->quiet)                                                                  \
			pr_err(fmt "\n", ##__VA_ARGS__);                                           \
		-(error);                                                                          \
	})

#endif
