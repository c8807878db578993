/* SPDX-License-Identifier: MIT */
/* ksym_place.h: for ksym: in which part of the kernel an address lies. */
#ifndef KOAN_SHELL_KSYM_PLACE_H
#define KOAN_SHELL_KSYM_PLACE_H

#include <linux/types.h>
#include <linux/compiler.h>

/* The section of koan.elf that @address lies in, by the linker's own symbols; NULL: none of them. */
const char *kernel_section_at(unsigned long address);
/* In words what nm's letter says of a symbol: "code", "data", ... */
const char *symbol_type_name(char letter);

#endif
