/* SPDX-License-Identifier: MIT */
/*
 * module.h: what a module is, to itself and to the kernel.
 */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/list.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/errno.h>
#include <linux/kmod.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/printk.h>
#include <linux/stringify.h>
/* Many modules take these for granted, and Linux gives them. */
#include <linux/kernel.h>
#include <linux/string.h>

/* Bytes of a module's name, its NUL included: 64 less one word, as on 64-bit Linux. */
#define MODULE_NAME_LEN (64 - sizeof(unsigned long))

/* Tags of .modinfo. */
#define MODULE_INFO(tag, info) __MODULE_INFO(tag, tag, info)
#define MODULE_LICENSE(l)      __MODULE_FILE MODULE_INFO(license, l)
#define MODULE_AUTHOR(a)       MODULE_INFO(author, a)
#define MODULE_DESCRIPTION(d)  MODULE_INFO(description, d)
#define MODULE_ALIAS(a)	       MODULE_INFO(alias, a)
/* Devices it is for: of the table @name, of struct TYPE_device_id, modpost makes aliases. */
#ifdef MODULE
#define MODULE_DEVICE_TABLE(type, name)                                                            \
	extern __typeof__(name) __mod_device_table__##type##__##name                               \
		__attribute__((unused, alias(__stringify(name))))
#else
#define MODULE_DEVICE_TABLE(type, name) /* what is built in is not looked for */
#endif
#define MODULE_SOFTDEP(d) MODULE_INFO(softdep, d)
/* Only for whoever makes an initrd: that module may be of use, too. */
#define MODULE_WEAKDEP(d)  MODULE_INFO(weakdep, d)
#define MODULE_FIRMWARE(f) MODULE_INFO(firmware, f)

#ifdef MODULE
#define __MODULE_FILE
#define MODULE_VERSION(v) MODULE_INFO(version, v)
#else
/* Of what is built in: where its file would be, for modules.builtin, and its version, for /sys. */
#define __MODULE_FILE MODULE_INFO(file, KBUILD_MODFILE);
#define MODULE_VERSION(v)                                                                          \
	MODULE_INFO(version, v);                                                                   \
	static const struct module_version __UNIQUE_ID(modver) __used __section("__modver")        \
		__aligned(8) = {KBUILD_MODNAME, v}
#endif

struct module_version {
	const char *module, *version;
};

/* Lets it use the exports of namespace @ns: a bare word or a string. */
#define MODULE_IMPORT_NS(ns)                                                                       \
	__ASM_MODINFO(__ASM_UNQUOTED(__MODULE_INFO_PREFIX "import_ns=", __stringify(ns)))
#define __ASM_MODINFO(text)                                                                        \
	__asm__(".pushsection .modinfo, \"a\", @progbits\n" text ".popsection\n")

#ifdef MODULE
/* GCC wants an alias to carry its target's attributes; clang does not know the word. */
#if defined(__has_attribute) && __has_attribute(__copy__)
#define __copy(sym) __attribute__((__copy__(sym)))
#else
#define __copy(sym)
#endif

/*
 * The loader finds a module's two functions as init_module and cleanup_module; modpost puts both
 * into struct module. A module without module_init() does nothing on load; one with module_init()
 * and without module_exit() cannot be removed.
 */
#define module_init(fn)                                                                            \
	static inline initcall_t __maybe_unused __init_has_the_right_type(void)                    \
	{                                                                                          \
		return fn;                                                                         \
	}                                                                                          \
	int init_module(void) __copy(fn) __attribute__((alias(#fn)));
#define module_exit(fn)                                                                            \
	static inline exitcall_t __maybe_unused __exit_has_the_right_type(void)                    \
	{                                                                                          \
		return fn;                                                                         \
	}                                                                                          \
	void cleanup_module(void) __copy(fn) __attribute__((alias(#fn)));
#else
#define module_init(fn) device_initcall(fn);
#define module_exit(fn)                                                                            \
	static exitcall_t __PASTE(__exitcall_, fn)                                                 \
	__used __section(".exitcall.exit") = fn;
#endif

int init_module(void);
void cleanup_module(void);

/* What others may see of a module: /proc/modules prints Live, Loading, Unloading. */
enum module_state {
	MODULE_STATE_LIVE,     /* in use */
	MODULE_STATE_COMING,   /* linked and visible; its init is running */
	MODULE_STATE_GOING,    /* its exit is running, or its init failed */
	MODULE_STATE_UNFORMED, /* only its name is taken */
};

/* A module's memory, by what may be done with it; each kind is its own block of whole pages. */
enum mod_mem_type {
	MOD_TEXT,	   /* read, execute */
	MOD_DATA,	   /* read, write */
	MOD_RODATA,	   /* read */
	MOD_RO_AFTER_INIT, /* written by init, then read only */
	MOD_INIT_TEXT,	   /* as the three above, given back after init */
	MOD_INIT_DATA,
	MOD_INIT_RODATA,
	MOD_MEM_NUM_TYPES,
	MOD_INVALID = -1,
};

struct module_memory {
	void *base;	   /* NULL: there is none of this kind */
	unsigned int size; /* bytes, whole pages */
};

/* One row of section __versions: a symbol that the module uses, as it was when it was built. */
struct modversion_info {
	unsigned long crc;
	char name[MODULE_NAME_LEN];
};

_Static_assert(sizeof(struct modversion_info) == 64, "kmod reads rows of 64 bytes");

struct mod_kallsyms;   /* private to the loader: the symbols that /proc/kallsyms shows */
struct module_private; /* private to the loader: what only it needs to keep */

/*
 * One loaded module. The file carries it in section .gnu.linkonce.this_module, where modpost's
 * .mod.c fills in name, init and exit; everything else is the loader's, which clears it first.
 */
struct module {
	enum module_state state;
	struct list_head list; /* in `modules`, newest first */
	char name[MODULE_NAME_LEN];

	/* From .modinfo; NULL when absent. The strings live in this structure's module. */
	const char *version;
	const char *srcversion;
	const char *license;

	/* Its own exports, as find_module_sections() found them: sorted by name. */
	const struct kernel_symbol *syms;
	const u32 *crcs;
	unsigned int num_syms;

	const struct kernel_symbol *gpl_syms;
	const u32 *gpl_crcs;
	unsigned int num_gpl_syms;

	const struct kernel_symbol *gpl_future_syms;
	const u32 *gpl_future_crcs;
	unsigned int num_gpl_future_syms;

	bool using_gplonly_symbols;

	/* Its parameters, and the text they were set from (owned). */
	const struct kernel_param *kp;
	unsigned int num_kp;
	char *args;

	int (*init)(void);
	void (*exit)(void);

	struct module_memory mem[MOD_MEM_NUM_TYPES];
	unsigned long taints; /* bits TAINT_* */

	/*
	 * Users: 1 while it may be used at all, 1 while its init runs, 1 for each module that
	 * uses it, and what try_module_get() took. What lsmod shows is one less.
	 */
	atomic_t refcnt;
	struct list_head source_list; /* struct module_use: who uses me */
	struct list_head target_list; /* struct module_use: whom I use */

	struct mod_kallsyms *kallsyms;
	struct module_private *priv;
};

/* Told with MODULE_STATE_COMING (may veto the load), _LIVE and _GOING; @data is the module. */
int register_module_notifier(struct notifier_block *nb);
int unregister_module_notifier(struct notifier_block *nb);

/* Takes a reference so that the module stays; false when it is going. NULL (built in): true. */
bool try_module_get(struct module *module);
/* For a module that is known to be in use already. */
void __module_get(struct module *module);
void module_put(struct module *module);
/* References taken, as lsmod shows them; -1 once it is going. */
int module_refcount(struct module *module);

static inline const char *module_name(const struct module *mod)
{
	return mod ? mod->name : "kernel";
}

static inline bool module_is_live(const struct module *mod)
{
	return mod->state != MODULE_STATE_GOING;
}

static inline bool module_is_coming(const struct module *mod)
{
	return mod->state == MODULE_STATE_COMING;
}

/* Whether @addr lies in any of the module's memory. */
static inline bool within_module(unsigned long addr, const struct module *mod)
{
	unsigned int i;

	for (i = 0; i < MOD_MEM_NUM_TYPES; i++)
		if (addr - (unsigned long)mod->mem[i].base < mod->mem[i].size)
			return true;
	return false;
}

/* Guards the list of modules: it does not change while somebody has it locked. */
extern struct mutex module_mutex;
/*
 * By name, `-` and `_` being the same; NULL when there is none, or only its name is taken so far.
 * It may go at any time: take a reference, or hold module_mutex.
 */
struct module *find_module(const char *name);
/* The module whose memory @addr lies in; the same rule. */
struct module *__module_address(unsigned long addr);

/*
 * Symbols asked for by name, while running: only those that are exported to GPL modules. The
 * address, and a reference to the module that has it until symbol_put(); or NULL: nobody exports
 * it, its module is coming or going, or it is exported to all.
 */
#define symbol_get(x)                                                                              \
	({                                                                                         \
		/* For CONFIG_TRIM_UNUSED_KSYMS: what is asked for by name is used. */             \
		static const char __notrim[] __used __section(".no_trim_symbol") = __stringify(x); \
		(__typeof__(&(x)))__symbol_get(__stringify(x));                                    \
	})
#define symbol_put(x) __symbol_put(__stringify(x))
/* The same; when nobody has it, the module that exports it is asked for first. */
#define symbol_request(x) try_then_request_module(symbol_get(x), "symbol:" __stringify(x))
void *__symbol_get(const char *symbol);
void __symbol_put(const char *symbol);
/* The same, by the address that symbol_get() gave. */
void symbol_put_addr(void *addr);

#endif
