/* SPDX-License-Identifier: MIT */
/*
 * export.h: offering a symbol to modules. The same macros serve the kernel and modules.
 *
 * EXPORT_SYMBOL(f) leaves three things in the object file:
 *
 *   __ksymtab_strings            "f\0" and its namespace, "\0" when it has none
 *   ___ksymtab+f                 one struct kernel_symbol: f's address and those two strings
 *   a global reference to f      so that an export of something that does not exist fails to link
 *
 * Each entry has a section of its own, named after its symbol, so that the linker script's SORT
 * can put all of them into one table in strcmp() order; find_symbol() then searches it by halves.
 */
#ifndef _LINUX_EXPORT_H
#define _LINUX_EXPORT_H

#include <linux/compiler.h>
#include <linux/stddef.h>

/*
 * One row of an export table. Offsets are relied on by the assembly below and by modpost, which
 * reads the rows out of object files: value 0, name 8, namespace 16.
 */
struct kernel_symbol {
	unsigned long value;
	const char *name;
	const char *namespace; /* "" when the symbol is in none */
};

_Static_assert(offsetof(struct kernel_symbol, value) == 0, "__EXPORT_SYMBOL writes value first");
_Static_assert(offsetof(struct kernel_symbol, name) == 8, "__EXPORT_SYMBOL writes name second");
_Static_assert(offsetof(struct kernel_symbol, namespace) == 16, "__EXPORT_SYMBOL: namespace third");
_Static_assert(sizeof(struct kernel_symbol) == 24, "linker scripts assume rows without gaps");

/*
 * Assembly that writes the string "PREFIX" "TEXT": TEXT is what the preprocessor made of a macro's
 * argument, with quotes when it was a string and without when it was a bare word. The assembler
 * takes quotes off the arguments of its own macros, so one macro of the assembler serves both.
 */
#define __ASM_UNQUOTED(prefix, text)                                                               \
	".macro __unquoted text\n"                                                                 \
	".asciz \"" prefix "\\text\"\n"                                                            \
	".endm\n"                                                                                  \
	"__unquoted " text "\n"                                                                    \
	".purgem __unquoted\n"

/* The strings of a row, and the row. */
#define __KSYMTAB_STRINGS(sym, ns)                                                                 \
	__asm__(".pushsection \"__ksymtab_strings\", \"aMS\", @progbits, 1\n"                      \
		"__kstrtab_" #sym ": .asciz \"" #sym "\"\n"                                        \
		"__kstrtabns_" #sym ":\n" ns ".popsection\n")
#define __KSYMTAB_ROW(sym, suffix)                                                                 \
	__asm__(".pushsection \"___ksymtab" suffix "+" #sym "\", \"a\", @progbits\n"               \
		".balign 8\n"                                                                      \
		"__ksymtab_" #sym ": .quad " #sym ", __kstrtab_" #sym ", __kstrtabns_" #sym "\n"   \
		".popsection\n")

#define ___EXPORT_SYMBOL(sym, suffix, ns)                                                          \
	extern __typeof__(sym) sym;                                                                \
	__KSYMTAB_STRINGS(sym, __ASM_UNQUOTED("", ns));                                            \
	__KSYMTAB_ROW(sym, suffix)

/* One more level, so that a symbol that is itself a macro is exported under its real name. */
#define __EXPORT_SYMBOL(sym, suffix, ns) ___EXPORT_SYMBOL(sym, suffix, ns)

/*
 * A folder may put all its exports into one namespace with ccflags-y += -DDEFAULT_SYMBOL_NAMESPACE=N,
 * a file with #undef and #define before its first export. Empty: no namespace.
 */
#ifndef DEFAULT_SYMBOL_NAMESPACE
#define DEFAULT_SYMBOL_NAMESPACE
#endif
#define __DEFAULT_NS __stringify(DEFAULT_SYMBOL_NAMESPACE)

/* Any module may use it. */
#define EXPORT_SYMBOL(sym) __EXPORT_SYMBOL(sym, "", __DEFAULT_NS)
/* Only modules with a GPL-compatible licence may. */
#define EXPORT_SYMBOL_GPL(sym) __EXPORT_SYMBOL(sym, "_gpl", __DEFAULT_NS)
/* Any module may today; one without a GPL-compatible licence is warned. */
#define EXPORT_SYMBOL_GPL_FUTURE(sym) __EXPORT_SYMBOL(sym, "_gpl_future", __DEFAULT_NS)
/*
 * As the first two, but nobody is known who needs it, and it may go: whoever uses it is told so.
 * (Linux had these until 5.12.)
 */
#define EXPORT_UNUSED_SYMBOL(sym)     __EXPORT_SYMBOL(sym, "_unused", __DEFAULT_NS)
#define EXPORT_UNUSED_SYMBOL_GPL(sym) __EXPORT_SYMBOL(sym, "_unused_gpl", __DEFAULT_NS)
/* Only modules that say MODULE_IMPORT_NS(ns) may. A namespace is a bare word or a string. */
#define EXPORT_SYMBOL_NS(sym, ns)     __EXPORT_SYMBOL(sym, "", __stringify(ns))
#define EXPORT_SYMBOL_NS_GPL(sym, ns) __EXPORT_SYMBOL(sym, "_gpl", __stringify(ns))
/*
 * Only the modules named in the string @mods, "a,b*", may: parted by commas, `-` and `_` being the
 * same, a `*` at the end of a name stands for any rest. Always GPL-only; cannot be imported.
 */
#define EXPORT_SYMBOL_FOR_MODULES(sym, mods) __EXPORT_SYMBOL(sym, "_gpl", "\"module:" mods "\"")

#ifdef MODULE
extern struct module __this_module;
#define THIS_MODULE (&__this_module)
#else
#define THIS_MODULE ((struct module *)0)
#endif

#endif
