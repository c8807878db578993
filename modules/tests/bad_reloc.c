/* SPDX-License-Identifier: MIT */
/* bad_reloc.c: a relocation against a global offset table, which modules do not have. */
/* expect: refused ENOEXEC; log "bad_reloc: Unknown rela relocation: 42"; log "bad_reloc: R_X86_64_REX_GOTPCRELX of 'bad_reloc_target'-4, in section .text at 0x" */
#include <linux/module.h>

extern int bad_reloc_target;
int bad_reloc_target;

__asm__(".pushsection .text\n"
	".byte 0x48, 0x8b, 0x05, 0, 0, 0, 0\n" /* movq bad_reloc_target@GOTPCREL(%rip), %rax */
	".reloc . - 4, R_X86_64_REX_GOTPCRELX, bad_reloc_target - 4\n"
	".popsection\n");

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A relocation of an unknown kind");
