/* SPDX-License-Identifier: MIT */
/* bad_wx.c: memory that is both writable and executable is refused. */
/* expect: refused ENOEXEC; log "bad_wx: section .wx (index "; log ") has invalid WRITE|EXEC flags" */
#include <linux/module.h>

__asm__(".pushsection .wx, \"awx\", @progbits\n"
	"ret\n"
	".popsection\n");

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Writable code");
