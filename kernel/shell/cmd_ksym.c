/* SPDX-License-Identifier: MIT */
/*
 * cmd_ksym.c: ksym: all that the running kernel knows of a symbol: where it is, who exports it and
 * how, who uses it, and what it cost to find out. Of an address: whose it is. (-u: ksym_imports.c.)
 *
 * Names come from the symbol tables, exports from the function that linking asks; so a symbol that
 * no name is kept of (without CONFIG_KALLSYMS) is still found if it is exported.
 */
#include "shell/command.h"

#include <linux/capability.h>
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "lib/lib.h"
#include "module/modules.h"
#include "shell/ksym_imports.h"
#include "shell/ksym_place.h"
#include "sym/sym.h"

#define KERNEL_FILE    "koan.elf"
#define HINTS_MOST     3
#define ADDRESS_DIGITS 16 /* as /proc/kallsyms has them, without 0x */

/* What was asked, and what has been found so far. */
struct question {
	struct io *io;
	const char *name;
	const char *module; /* of "module:name"; NULL: any */
	size_t module_len;
	bool exported;
	struct export_info info; /* if exported; in any case the numbers of names compared */
	unsigned int probes;	 /* in the symbol tables */
	unsigned int found;
};

/* --- one symbol --- */

static bool is_asked_for(const struct question *q, const char *module)
{
	const char *name = module ?: "kernel";

	return !q->module || (strncmp(name, q->module, q->module_len) == 0 && !name[q->module_len]);
}

static void tell_address(struct io *io, unsigned long address)
{
	struct ksym_place place;

	out(io, "  address    %016lx", kallsyms_show_value() ? address : 0);
	if (!sym_lookup_address(address, &place) && place.start == address)
		out(io, ", 0x%lx bytes to the next symbol", place.size);
	out(io, "\n");
}

static void tell_place(struct io *io, const struct module *mod, unsigned long address)
{
	const char *section = mod ? module_section_at(mod, address) : kernel_section_at(address);
	const char *file = mod ? module_file(mod) : KERNEL_FILE;

	out(io, "  in         %s, section %s, from %s\n", mod ? mod->name : "kernel",
	    section ?: "unknown", file ?: "a file that is not known");
}

struct users {
	struct io *io;
	const char *name;
	const struct module *mod; /* that is looked at */
	unsigned int count;
};

static int is_import(const char *name, bool found, void *data)
{
	const struct users *users = data;

	return found && strcmp(name, users->name) == 0;
}

static int tell_user(struct module *mod, void *data)
{
	struct users *users = data;

	if (module_each_import(mod, is_import, users))
		out(users->io, "%s%s", users->count++ ? ", " : "", mod->name);
	return 0;
}

static void tell_export(struct question *q)
{
	struct users users = {.io = q->io, .name = q->name};

	out(q->io, "  exported   %s", q->info.macro);
	if (q->info.namespace)
		out(q->io, ", namespace %s", q->info.namespace);
	if (q->info.crc)
		out(q->io, ", CRC 0x%08x", *q->info.crc);
	out(q->io, "\n  used by    ");
	module_each(tell_user, &users);
	out(q->io, "%s\n", users.count ? "" : "no module");
}

/* Only one of several symbols with this name can be the one that is exported. */
static bool is_the_export(const struct question *q, const struct module *mod, unsigned long address)
{
	return q->exported && q->info.owner == mod && q->info.address == address;
}

static int tell_symbol(const struct ksym *sym, void *data)
{
	struct question *q = data;
	const struct module *mod = sym->module ? find_module(sym->module) : NULL;

	if (!is_asked_for(q, sym->module))
		return 0;
	q->found++;
	out(q->io, "%s\n", sym->name);
	tell_address(q->io, sym->address);
	out(q->io, "  type       %c, %s\n", sym->type, symbol_type_name(sym->type));
	tell_place(q->io, mod, sym->address);
	if (is_the_export(q, mod, sym->address))
		tell_export(q);
	else
		out(q->io, "  exported   no\n");
	return 0;
}

/* --- a name --- */

/* An export without a name in any table. */
static void tell_nameless(struct question *q)
{
	q->found++;
	out(q->io, "%s\n", q->name);
	tell_address(q->io, q->info.address);
	tell_place(q->io, q->info.owner, q->info.address);
	tell_export(q);
}

/* Names that may have been meant. */
struct hint {
	const char *wanted;
	unsigned int edits;
	struct io *io;
	unsigned int told;
};

static int try_hint(const struct ksym *sym, void *data)
{
	struct hint *hint = data;

	if (!resembles(hint->wanted, sym->name, hint->edits))
		return 0;
	err(hint->io, "%s %s", hint->told++ ? "," : "; perhaps", sym->name);
	return hint->told == HINTS_MOST;
}

/* Names of up to three letters resemble too much. */
static void tell_unknown(const struct question *q)
{
	struct hint hint = {.wanted = q->name, .io = q->io};
	size_t length = strlen(q->name);
	unsigned int most = length < 4 ? 0 : length < 8 ? 1 : 2;

	complain(q->io, "%.*s%s%s: no such symbol", (int)q->module_len, q->module ?: "",
		 q->module ? ":" : "", q->name);
	if (!q->module && length < KSYM_NAME_LEN)
		for (hint.edits = 1; hint.edits <= most && !hint.told; hint.edits++)
			sym_each(try_hint, &hint);
	err(q->io, "\n");
}

static int ask_name(struct io *io, const char *text)
{
	const char *colon = strchr(text, ':');
	struct question q = {.io = io, .name = colon ? colon + 1 : text};

	if (colon) {
		q.module = text;
		q.module_len = (size_t)(colon - text);
	}
	q.exported = export_ask(q.name, &q.info);
	sym_each_called(q.name, tell_symbol, &q, &q.probes);
	if (!q.found && q.exported && is_asked_for(&q, q.info.owner ? q.info.owner->name : NULL))
		tell_nameless(&q);
	if (!q.found) {
		tell_unknown(&q);
		return 1;
	}
	out(io,
	    "probes: %u of the names of symbols; %u of the kernel's exports, %u of the modules' exports\n",
	    q.probes, q.info.kernel_probes, q.info.module_probes);
	return 0;
}

/* --- an address --- */

static bool read_address(const char *text, unsigned long *address)
{
	bool prefix = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
	size_t digits = strspn(text + 2 * prefix, "0123456789abcdefABCDEF");

	if (text[digits + 2 * prefix] || !(prefix ? digits > 0 : digits == ADDRESS_DIGITS))
		return false;
	return kstrtoul(text, 16, address) == 0;
}

static int ask_address(struct io *io, unsigned long address)
{
	struct module *mod = __module_address(address);
	char text[KSYM_SYMBOL_LEN];
	struct ksym_place place;

	/* Asking of one address after the other, anybody could find out where all symbols are. */
	if (!kallsyms_show_value()) {
		complain(io, "%s\n", errno_text(EPERM));
		return 1;
	}
	if (!mod && !kernel_section_at(address)) {
		complain(io, "%016lx: neither in the kernel nor in a module\n", address);
		return 1;
	}
	if (sym_lookup_address(address, &place)) {
		out(io, "%016lx: no symbol before it\n", address);
		tell_place(io, mod, address);
		return 0;
	}
	sprint_symbol(text, address);
	out(io, "%016lx is %s\n", address, text);
	return ask_name(io, place.name);
}

static int ksym_run(struct io *io, int argc, char **argv)
{
	unsigned long address;
	const char *module = NULL;
	int letter, status = 0, i;
	struct options o;

	options_start(&o, io, "u:", argc, argv);
	while ((letter = option_next(&o))) {
		if (letter == '?')
			return 1;
		module = o.arg;
	}
	if (module)
		return o.operands ? extra_operand(io, argv[1]) : ksym_imports(io, module);
	if (!o.operands) {
		complain(io, "missing name or address\n");
		return bad_usage(io);
	}
	for (i = 1; i <= o.operands; i++)
		status |= read_address(argv[i], &address) ? ask_address(io, address)
							  : ask_name(io, argv[i]);
	return status;
}

const struct command cmd_ksym = {
	.name = "ksym",
	.usage = "[MODULE:]NAME|ADDRESS...\n       ksym -u MODULE",
	.brief = "tell what is known of a symbol",
	.text = "Where it is, how it is exported, which modules use it, and how many names were\n"
		"compared to find it. kernel:NAME asks only the kernel. An ADDRESS is 0x... or as\n"
		"/proc/kallsyms has it.\n"
		"  -u MODULE  what MODULE imports, and from whom",
	.run = ksym_run,
};
