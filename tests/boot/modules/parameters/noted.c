/* SPDX-License-Identifier: MIT */
/* noted.c: a note of its own, and sections of odd kinds. */
#include <linux/module.h>

__asm__(".pushsection .note.test, \"a\", @note\n"
	".long 5, 3, 77\n"
	".asciz \"Koan\"\n"
	".balign 4\n"
	".ascii \"\\001\\002\\003\"\n"
	".balign 4\n"
	".popsection\n"
	".pushsection .odd.data, \"aw\", @progbits\n"
	".quad 1\n"
	".popsection\n"
	".pushsection .odd.empty, \"aw\", @progbits\n"
	".popsection\n"
	".pushsection .odd/slash, \"a\", @progbits\n"
	".quad 2\n"
	".popsection\n");

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A note of its own");
