/* SPDX-License-Identifier: MIT */
/*
 * load.h: the loader's own header. Two structures, split by how long they live:
 *
 *   struct load            dies with the load: what each phase found out for the next ones
 *   struct module          lives on (include/linux/module.h), with struct module_private behind it
 *
 * No phase cleans up after itself. Whatever it allocates it stores at once in one of the two, and
 * load.c alone gives back, coping with any part that was never reached. Prototypes are grouped by
 * the file that implements them, in the order in which a load meets them.
 */
#ifndef KOAN_LOAD_H
#define KOAN_LOAD_H

#include <linux/types.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/panic.h>
#include "sym/sym.h"
#include "module/elf_format.h"
#include "module/modules.h"
#include "module/story.h"

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

struct node;

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

/* Where a section of the file is. */
struct module_section {
	const char *name;
	unsigned long address;
};

typedef void (*ctor_fn_t)(void);

/* What only the loader needs to keep about a module that lives. */
struct module_private {
	/* As the tables of struct module; these were left out of Linux's in 5.12. */
	const struct kernel_symbol *unused_syms, *unused_gpl_syms;
	const u32 *unused_crcs, *unused_gpl_crcs;
	unsigned int num_unused_syms, num_unused_gpl_syms;

	const ctor_fn_t *constructors; /* what is to be called before init; in the module */
	unsigned int constructor_count;
	struct export_entry *exports;	 /* owned: its rows in the index of all exports */
	unsigned int exports_counted;	 /* how many rows it brings */
	unsigned int exports_shown;	 /* how many of them are in the index */
	bool was_announced;		 /* notifiers were told COMING, so they are owed a GOING */
	struct node *sysfs, *holders;	 /* its directory in /sys/module, and the one in that */
	char *file;			 /* owned: the path of its file; NULL: unknown */
	char *imports;			 /* owned: see origin.c; NULL: there are none */
	struct module_section *sections; /* owned: those in memory, in file order; for debuggers */
	unsigned int section_count;
};

/* @user uses @provider, by however many symbols. */
struct module_use {
	struct list_head source_list; /* in provider->source_list */
	struct list_head target_list; /* in user->target_list */
	struct module *user, *provider;
	struct node *holder; /* the user's link in the provider's holders, once it is there */
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

/* --- decompress.c: what is in the file? --- */

/* Has ld->image lead to the module itself. */
__must_check int decompress_file(struct load *ld);
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

#define MODINFO_SECTION	    ".modinfo"
#define THIS_MODULE_SECTION ".gnu.linkonce.this_module"

/* Header, section headers, section names and the indexes of the sections the loader knows. */
__must_check int elf_open(struct load *ld);
/* The above, and that struct module, symbols, relocations and tables hold no surprise. */
__must_check int elf_verify(struct load *ld);
__must_check int elf_verify_tables(struct load *ld);
__must_check int elf_verify_symbols(struct load *ld);
/* Section @index holds relocations; those of sections that are not loaded are never read. */
__must_check int elf_verify_relocations(struct load *ld, unsigned int index);
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

#define VERSIONS_SECTION	  "__versions"
#define VERSION_EXT_CRCS_SECTION  "__version_ext_crcs"
#define VERSION_EXT_NAMES_SECTION "__version_ext_names"

/* Fills in has_versions and the sorted list; nothing of that when versions are to be ignored. */
__must_check int versions_read(struct load *ld);
/* What the module says of symbol @name; NULL: nothing. */
const struct version *version_find(const struct load *ld, const char *name);

/* --- version.c: is that what is here? --- */

/* -ENOEXEC when the structures that loader and modules share are others: before any symbol. */
__must_check int check_modstruct_version(struct load *ld);
struct find_symbol_arg;
/* Is the symbol that was found the one that the module was built for? Says why not. */
__must_check bool check_version(struct load *ld, const struct find_symbol_arg *fsa);
/* -ENOEXEC when the module's exports have no versions, though all others' do. */
__must_check int check_export_versions(struct load *ld);

/* --- vermagic.c: built for this kernel? Pure. --- */

/* -ENOEXEC when release or options are others. */
__must_check int check_vermagic(struct load *ld);

/* --- layout.c: 3 plan. Pure. --- */

__must_check int layout_plan(struct load *ld);

/* --- place.c: 4 take memory; the only one who knows where it comes from --- */

__must_check int place_sections(struct load *ld);
void place_free(struct module_memory *mem);
void place_free_init(struct load *ld);

/* --- policy.c: may it be loaded at all? --- */

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

/* --- sections.c: 5 the tables a module brings --- */

unsigned int find_sec(const struct load *ld, const char *name);
/* The table in section @name and its number of rows; NULL and 0 when there is none. */
void *section_objs(const struct load *ld, const char *name, size_t row, unsigned int *count);
__must_check int find_module_sections(struct load *ld);
/* A string inside one of the module's own blocks that stay after init, of a length that all can handle. */
bool module_owns_string(const struct module *mod, const char *s);
/* After relocation: names end inside the module, rows are in strcmp() order. */
__must_check int verify_export_tables(struct load *ld);

/* --- resolve.c: 6 every name to an address --- */

__must_check int resolve_symbols(struct load *ld);

/* --- hints.c --- */

/* What might help, for the symbols that this module cannot have: ld->missing and later ones. */
void hint_at_missing(const struct load *ld);

/* --- relocate.c: 7 S, A, P --- */

struct reloc_kind {
	u32 type;
	u8 width;	  /* bytes written; 0: a kind that we know only by name */
	bool pc_relative; /* P is taken off */
	bool is_signed;	  /* the result is sign-extended when it is used */
	const char *name;
};

/* NULL for a number that the ABI does not define. */
const struct reloc_kind *reloc_kind(u32 type);
/*
 * Pure. Writes the field at @field, which the module will see at @place, so that it refers to
 * @target (S + A). -ERANGE: *@result does not fit; -EEXIST: the field held *@result already.
 */
__must_check int reloc_apply(const struct reloc_kind *kind, u8 *field, u64 place, u64 target,
			     u64 *result);
__must_check int relocate_sections(struct load *ld);

/* --- protect.c: 8 seal --- */

void protect_module(struct load *ld);
/* .data..ro_after_init, once init has returned. */
void protect_after_init(struct load *ld);

/* --- debugger.c: for who looks on from outside --- */

/* -ENOMEM, or priv->sections. */
__must_check int debugger_list_sections(struct load *ld);
void debugger_free(struct module *mod);
/*
 * The function for a debugger to break on, once for each load: @mod is in `modules`, every one of its
 * sections is where priv->sections says, with the bytes and the permissions that its code will
 * find; and not one instruction of it has run. Does nothing.
 */
void debugger_module_linked(struct module *mod);

/* --- origin.c: where it came from, what it imported --- */

enum { IMPORT_FOUND = '+', IMPORT_MISSING = '-' }; /* weak, and nobody exported it */

/* What module_load_file() said, once. */
const char *origin_take_file(void);
__must_check int origin_record(struct load *ld);
void origin_free(struct module *mod);

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
void registry_remove(struct module *mod);
/* 0, -EBUSY (its init has not returned), -ENOENT (going). */
__must_check int registry_may_use(const struct module *provider);
/* The same, or -ENOMEM; from then on the provider stays. */
__must_check int registry_use(struct module *user, struct module *provider);
void registry_drop_uses(struct module *mod);
/*
 * Ends the time in which references can be taken. When some are held: -EAGAIN, or with @force
 * they are forgotten and *@forced is set.
 */
__must_check int registry_retire(struct module *mod, bool force, bool *forced);

/* --- notifier.c --- */

/* In a dry run: tells what the next one would do. */
void notify_try(struct load *ld);
__must_check int notify_coming(struct load *ld);
void notify_live(struct module *mod);
void notify_going(struct module *mod);

/* --- leftovers.c --- */

/* Interrupts, regions, files in /proc and consoles that @mod still has are taken away, and told. */
void leftovers_take(const struct module *mod);

/* --- params.c: 10 the arguments --- */

__must_check int params_parse(struct load *ld);
/* In a dry run: the same as far as it concerns nobody but the module, and none of its code. */
__must_check int params_try(struct load *ld);
void params_free(struct module *mod);

/* --- sysfs.c: /sys/module/NAME --- */

void sysfs_init(void);
/* In a dry run: -EINVAL if the next one would not find the name free. */
__must_check int sysfs_try(struct load *ld);
__must_check int sysfs_add(struct load *ld);
void sysfs_remove(struct module *mod);

/* --- run.c, initcall.c: 11 its own code --- */

/* After relocation: init and exit, where there are any, lie in the module's code. */
__must_check int verify_entry_points(struct load *ld);
/*
 * Calls @fn once, as the command line wants it, and mends interrupts that it left off. Returns its
 * result; -EPERM, without a call, when initcall_blacklist= has its name.
 */
__must_check int do_one_initcall(initcall_t fn);
/* The two functions to break on: out of line, and called when all symbols are known. */
__must_check int do_init_module(struct module *mod);
/* The first of them, and how it went. */
__must_check int run_init(struct load *ld);
/* In a dry run: tells what that would do. */
void run_try(struct load *ld);
void do_exit_module(struct module *mod);

/* --- builtin.c: modules that are part of the kernel --- */

/* Sets their parameters and shows them in /sys. */
void builtins_init(void);

/* --- stats.c: /sys/kernel/debug/modules --- */

struct node_ops;

void stats_init(void);
/* The init of @mod has returned, and what only it needed is still there. */
void stats_count_live(const struct module *mod);
/* No init was called: by what is in @ld stats.c sees how far it came. */
void stats_count_failed(const struct load *ld);
/* A module of that name is there already. */
void stats_count_duplicate(const char *name);
/* While booting: a file beside. Only the superuser may read it, as on Linux. */
void stats_file(const char *name, const struct node_ops *ops);

/* --- tracking.c --- */

#ifdef CONFIG_MODULE_UNLOAD_TAINT_TRACKING
void tracking_init(void);
/* @mod is about to go, after its init or its exit. */
void track_unloaded(const struct module *mod);
/* For print_modules(): a line that has no end yet, or nothing. */
void print_unloaded_tainted(void);
#else
static inline void tracking_init(void)
{
}
static inline void track_unloaded(const struct module *mod)
{
	(void)mod;
}
static inline void print_unloaded_tainted(void)
{
}
#endif

/* --- procfs.c --- */

void procfs_init(void);
/* For print_modules(): who was removed last. */
void procfs_remember_unload(const struct module *mod);

#endif
