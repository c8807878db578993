/* SPDX-License-Identifier: MIT */
/*
 * export-internal.h: for the sources that modpost writes. A version stands in a section of its
 * own, named after its symbol, so that the linker script puts the versions into the same order as
 * the exports (export.h): row i of __kcrctab belongs to row i of __ksymtab.
 */
#ifndef _LINUX_EXPORT_INTERNAL_H
#define _LINUX_EXPORT_INTERNAL_H

/* @suffix: "", "_gpl", "_gpl_future", "_unused" or "_unused_gpl", the table that @sym is in. */
#define SYMBOL_CRC(sym, crc, suffix)                                                               \
	__asm__(".pushsection \"___kcrctab" suffix "+" #sym "\", \"a\", @progbits\n"               \
		".balign 4\n"                                                                      \
		"__crc_" #sym ": .long " #crc "\n"                                                 \
		".popsection\n")

#endif
