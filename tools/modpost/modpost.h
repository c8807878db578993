/* SPDX-License-Identifier: MIT */
/*
 * modpost.h: what is known of each module of a build, and which file of this program finds it out.
 *
 * The order of work (main.c): read what others export, read all modules, check them against each
 * other, and, when nothing was wrong, write.
 */
#ifndef MODPOST_H
#define MODPOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

/* As in include/linux/module.h: a module's name and its NUL must fit. */
#define MODULE_NAME_LEN 56
/* And a symbol's in a row of __versions (struct modversion_info). */
#define VERSION_NAME_LEN MODULE_NAME_LEN

/* The kernel itself, where a module's path would stand; depmod looks for this word. */
#define KERNEL_PATH "vmlinux"

struct module;
struct object;
struct symbol;

/* One for each table: __ksymtab, __ksymtab_gpl and so on. */
enum export_kind {
	EXPORT_PLAIN,
	EXPORT_GPL,
	EXPORT_GPL_FUTURE,
	EXPORT_UNUSED,
	EXPORT_UNUSED_GPL,
	EXPORT_KINDS
};

/* One exported symbol. */
struct export
{
	STAILQ_ENTRY(export) next; /* in its module's list */
	struct module *module;
	const char *name;
	const char *namespace; /* "" when it is in none */
	enum export_kind kind;
	uint32_t crc; /* 0: no version known */
};

/* A name in a list: an undefined symbol, an imported namespace, a module depended on. */
struct name {
	STAILQ_ENTRY(name) next;
	const char *text;
	bool weak; /* of an undefined symbol: may stay so */
};

STAILQ_HEAD(export_list, export);
STAILQ_HEAD(name_list, name);

/* A module, or the kernel. Every string lives as long as the program. */
struct module {
	STAILQ_ENTRY(module) next;
	const char *path; /* of its object without ".o"; messages and Module.symvers show it */
	const char *name; /* the last component of path */
	bool is_kernel;
	bool from_dump; /* known from a Module.symvers only: not to be checked or written */
	bool gpl_compatible;
	bool has_init, has_exit;
	char srcversion[24];	     /* "" when it has none */
	struct export_list exports;  /* in the order of its symbol table */
	struct name_list undefined;  /* likewise */
	struct name_list namespaces; /* that it imports */
	struct name_list missing;    /* namespaces that it does not import, and should */
	struct name_list aliases;    /* made of its device tables */
	struct name_list depends;    /* names of the modules it uses, in order of first use */
};

STAILQ_HEAD(module_list, module);

/* The command line. */
struct options {
	bool external;		     /* -e: built outside Koan's tree, so without intree=Y */
	bool warn_undefined;	     /* -w */
	bool warn_namespaces;	     /* -N */
	bool ignore_missing;	     /* -n */
	bool extra_warnings;	     /* -W */
	bool srcversion_of_all;	     /* -a */
	bool forbid_mismatches;	     /* -E */
	bool versions;		     /* -m: exports have versions */
	bool basic_versions;	     /* -b: their users have a table __versions */
	bool extended_versions;	     /* -x: ... __version_ext_crcs and __version_ext_names */
	const char *kernel_versions; /* -c */
	const char *kernel_crcs;     /* -C */
	const char *trim_path;	     /* -t */
	const char *nsdeps_path;     /* -d */
	const char *dump_path;	     /* -o */
	struct module_list *list;    /* everything read so far */
};

/* module.c: records. None of these fails: a host program that has no memory left ends. */
struct module *module_new(struct module_list *list, const char *path);
struct module *module_find(struct module_list *list, const char *path);
void name_add(struct name_list *list, const char *text, bool weak);
bool name_in(const struct name_list *list, const char *text);
const char *path_basename(const char *path);
void *xcalloc(size_t count, size_t size);
char *xstrdup(const char *text);
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* exports.c: all exports by name. */
struct export *export_find(const char *name);
/* Records it; says so when the name is taken. */
void export_add(const struct options *opt, struct module *mod, const char *name,
		const char *namespace, enum export_kind kind, uint32_t crc);
/* The exported name most like @name, or NULL when none is near. */
const char *export_nearest(const char *name);
/* "EXPORT_SYMBOL", "EXPORT_SYMBOL_GPL", ... */
extern const char *const export_macro[EXPORT_KINDS];

/* read_module.c, read_kernel.c, symvers.c: one input file each. They report what is wrong. */
void read_module(const struct options *opt, const char *path);
void read_kernel(const struct options *opt, const char *path);
void read_kernel_objects(const char *path);
void read_symvers(const struct options *opt, const char *path);

/*
 * versions.c: the versions of a module's own exports, from the file that symtypes wrote beside its
 * object (X.symversions), or, for the kernel, from the file @path.
 */
void versions_read(struct module *mod, const char *path);

/* check.c: a module against all others; fills in depends. Then, once, what concerns all. */
void check_module(const struct options *opt, struct module *mod);
void check_finish(const struct options *opt);

/*
 * trim.c: exports that nobody uses. First run: trim_read_object() for the kernel and each module,
 * then trim_write() lists them. Second run: trim_read_list() takes that list, and they are none.
 */
void trim_read_object(const char *path);
void trim_read_white_list(const char *path);
void trim_write(const char *path);
void trim_read_list(const char *path);
bool is_trimmed(const char *name);

/* licence.c */
bool licence_is_gpl_compatible(const char *licence);

/* namespace.c: is it "module:a,b*", a list of modules, and is @module among them? */
bool namespace_is_list(const char *namespace);
bool namespace_lists(const char *namespace, const char *module);

/* devicetable.c: if @sym is a table of devices (MODULE_DEVICE_TABLE), adds the aliases of its entries. */
void devicetable_add(struct module *mod, const struct object *obj, const struct symbol *sym);

/* srcversion.c: the digest of the sources of mod; leaves it empty, and says why, if it cannot. */
void srcversion_compute(struct module *mod);

/* write.c: the output files. */
void write_mod_c(const struct options *opt, const struct module *mod);
void write_symvers(const struct options *opt);
/* The namespaces that modules lack, for `make nsdeps`: "X.ko: A B" a line. */
void write_nsdeps(const struct options *opt);
/* An assembler source with the versions of the kernel's exports. */
void write_kernel_crcs(const struct options *opt);

#endif
