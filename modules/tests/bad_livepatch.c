/* SPDX-License-Identifier: MIT */
/* bad_livepatch.c: says that it replaces functions of the kernel. */
/* expect: refused ENOEXEC; log "module is marked as livepatch module, but livepatch support is" */
#include <linux/module.h>

MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_DESCRIPTION("Patches what is alive");
