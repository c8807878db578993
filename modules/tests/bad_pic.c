/* SPDX-License-Identifier: MIT */
/* bad_pic.c: what a compiler makes of a module when it is not told -fno-pic. */
/* expect: refused ENOENT; log "bad_pic: Unknown symbol _GLOBAL_OFFSET_TABLE_ (err -2)"; log "bad_pic: this is position-independent code: compile it with -fno-pic -mcmodel=kernel" */
#include <linux/module.h>

extern int bad_pic_target;
int bad_pic_target;

__asm__(".pushsection .text\n"
	"movq bad_pic_target@GOTPCREL(%rip), %rax\n"
	".popsection\n");

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Position-independent code");
