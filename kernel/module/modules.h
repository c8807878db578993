/* SPDX-License-Identifier: MIT */
/*
 * modules.h: what the rest of the kernel may ask of the loader. (How it works: load.h.)
 */
#ifndef KOAN_MODULES_H
#define KOAN_MODULES_H

#include <linux/module.h>
#include <linux/stdarg.h>

struct node; /* fs/fs.h */

/*
 * Checks the kernel's own export tables, shows /proc/modules and /sys/module, and sets the
 * parameters of what is built in.
 */
void modules_init(void);

/*
 * Runs the init functions of what is built in: early to late, and within a level in link order. One
 * that fails is told in the log and stops nobody. Obeys initcall_blacklist= and initcall_debug.
 */
void run_initcalls(void);

/* finit_module(2): load it although it does not fit; the kernel is tainted. */
#define MODULE_INIT_IGNORE_MODVERSIONS 1
#define MODULE_INIT_IGNORE_VERMAGIC    2
#define MODULE_INIT_FORCED	       (MODULE_INIT_IGNORE_MODVERSIONS | MODULE_INIT_IGNORE_VERMAGIC)
/* The file is compressed; the kernel unpacks it, if it knows how. */
#define MODULE_INIT_COMPRESSED_FILE 4
/* Not Linux's: it is modprobe that asks; a message says so, as Linux's has the name of the process. */
#define MODULE_INIT_BY_MODPROBE (1U << 31)
/*
 * Not Linux's: go as far as one can without anybody else seeing it, say what would come next, give
 * all back. Nothing of the module runs, and the kernel is not tainted; what the log says meanwhile is
 * the caller's to keep apart (log_aside()).
 */
#define MODULE_INIT_DRY_RUN (1U << 30)

/* MODULE_INIT_COMPRESSED_FILE if a file's name or its first bytes say that it is, else 0. */
unsigned int module_file_flags(const char *path, const void *image, size_t len);
/*
 * What is in a compressed module, *@size bytes, which the caller is to kfree(). -EINVAL (damaged),
 * -EOPNOTSUPP (in a way that the kernel does not know), -ENOMEM. Says nothing.
 */
__must_check int module_unpack(const void *image, size_t len, void **unpacked, size_t *size);

/* Who wants to be told how a load goes, a line at a time, while it goes. */
struct load_listener {
	/*
	 * @phase is its number in load.c, 0 for what lies between two of them; @step its name. Must
	 * not load a module, nor wait for anybody. The text has no newline at its end.
	 */
	void (*tell)(void *data, unsigned int phase, const char *step, const char *fmt,
		     va_list args);
	void *data;
	bool phases;	       /* all steps; otherwise only what a dry run would go on with */
	bool every_relocation; /* otherwise the first few of each kind */
};

/*
 * insmod: loads the relocatable ELF file at @image and runs its init with the parameters @args
 * ("a=1 b=2"; NULL for none). The file is not kept. Returns 0 or what Linux's finit_module(2) would:
 * -ENOEXEC, -ENOENT (unknown symbol), -EINVAL, -EOPNOTSUPP (see above), -EEXIST, -EBUSY, -ENOMEM,
 * -EPERM (modules are disabled, or this one is), -EKEYREJECTED or -EBADMSG (its signature), or
 * init's own error; the log says why. After an error nothing of the
 * module is left. @listener may be NULL; whether there is one makes no difference to the load.
 */
__must_check int module_load(const void *image, size_t len, const char *args, unsigned int flags,
			     const struct load_listener *listener);

/* The next module_load() is of this file: its path is remembered with the module. */
void module_load_file(const struct node *node);

/*
 * rmmod: runs exit and gives all back. -ENOSYS (no CONFIG_MODULE_UNLOAD), -ENOENT (not loaded),
 * -EAGAIN (used), -EBUSY (no exit function, or not live), -EPERM (modules are disabled). With
 * @force references that nobody gave back do not count, and a missing exit function neither; the
 * kernel is tainted.
 */
__must_check int module_unload(const char *name, bool force);

/* Newest first. Stops at the first result that is not 0 and returns it. */
int module_each(int (*fn)(struct module *mod, void *data), void *data);
/* The modules that use @mod, newest user first, as lsmod and rmmod list them. */
int module_each_user(struct module *mod, int (*fn)(struct module *user, void *data), void *data);

/*
 * modinfo: calls @fn for each `tag=value` of a .ko's .modinfo, in file order. Pure; returns 0,
 * -ENOEXEC when @image is no module, or @fn's first result that is not 0.
 */
int modinfo_each(const void *image, size_t len,
		 int (*fn)(const char *tag, size_t tag_len, const char *value, void *data),
		 void *data);

/* "text", "read-only data": what a module keeps in memory of that kind. */
const char *mem_kind_name(enum mod_mem_type kind);

/* relocate.c: "R_X86_64_64"; NULL for a number that the ABI does not define. */
const char *reloc_name(u32 type);

/* --- origin.c --- */

/* The path that @mod was loaded from; NULL: unknown. */
const char *module_file(const struct module *mod);
/*
 * Calls @fn for each symbol that @mod imported, in the order of its file; not @found: a weak one that
 * nobody exported. Stops at the first result that is not 0 and returns it.
 */
int module_each_import(const struct module *mod,
		       int (*fn)(const char *name, bool found, void *data), void *data);
/* In which section of its file @address of @mod lies; NULL: in none that is still there. */
const char *module_section_at(const struct module *mod, unsigned long address);

/* --- export_info.c --- */

struct export_info {
	unsigned long address;
	struct module *owner;  /* NULL: the kernel */
	const char *macro;     /* that exports it, as the source says */
	const char *license;   /* of its users: "any", "GPL only", "GPL soon" */
	const char *namespace; /* NULL: none */
	const u32 *crc;	       /* of its type; NULL: it has none */
	/* How many names were compared, in the kernel's tables and in the index of the modules'. */
	unsigned int kernel_probes, module_probes;
};

/* Fills @info; false (with the two numbers) when nobody exports @name. */
bool export_ask(const char *name, struct export_info *info);

/* printk's "Modules linked in:" line. */
void print_modules(void);

#endif
