/* SPDX-License-Identifier: MIT */
/*
 * link.h: from names to addresses: phases 6 (each symbol gets its value) and 7 (each relocation
 * writes it), and whether what was found is what the module was built for.
 *
 * They take a module that is placed and registered: the providers that it finds are held by it from
 * then on (registry_use()), and are let go when the load fails. ld->values is the load's. Unless
 * said otherwise: 0, or -ENOEXEC after a message; -ENOENT for a symbol that nobody has; -ENOMEM.
 */
#ifndef KOAN_MODULE_LINK_H
#define KOAN_MODULE_LINK_H

#include "module/load.h"

struct find_symbol_arg; /* exports.h */

/* --- version.c: is that what is here? --- */

/* -ENOEXEC when the structures that loader and modules share are others: before any symbol. */
__must_check int check_modstruct_version(struct load *ld);
/* Is the symbol that was found the one that the module was built for? Says why not. */
__must_check bool check_version(struct load *ld, const struct find_symbol_arg *fsa);
/* -ENOEXEC when the module's exports have no versions, though all others' do. */
__must_check int check_export_versions(struct load *ld);

/* --- resolve.c: 6 every name to an address --- */

/* Fills in ld->values; ld->missing says which symbol was the first that nobody has. */
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
 * @target (S + A). -ERANGE: *@result does not fit; -EEXIST: the field is not empty.
 */
__must_check int reloc_apply(const struct reloc_kind *kind, u8 *field, u64 place, u64 target,
			     u64 *result);
/* -ENOEXEC for a kind that we cannot apply, a value that does not fit, a field that is not empty. */
__must_check int relocate_sections(struct load *ld);

#endif
