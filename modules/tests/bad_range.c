/* SPDX-License-Identifier: MIT */
/* bad_range.c: the address of a module does not fit into 32 bits without a sign. */
/* expect: refused ENOEXEC; log "overflow in relocation type 10 val ffffffffc"; log "`bad_range' likely not compiled with -mcmodel=kernel"; log "bad_range: R_X86_64_32 of 'bad_range_target'+0, in section .data at 0x" */
#include <linux/module.h>

extern int bad_range_target;
int bad_range_target = 1;

__asm__(".pushsection .data\n"
	".long bad_range_target\n"
	".popsection\n");

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A relocation out of range");
