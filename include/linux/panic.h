/* SPDX-License-Identifier: MIT */
/* panic.h: the end of the line, and the taints that a kernel collects on its way. */
#ifndef _LINUX_PANIC_H
#define _LINUX_PANIC_H

#include <linux/compiler.h>

/* Says why, prints registers and the calls that led here, and stops the machine. */
__noreturn __cold __printf(1, 2) void panic(const char *fmt, ...);

/* Bits of /proc/sys/kernel/tainted; numbers and letters are Linux's (admin-guide, tainted-kernels). */
#define TAINT_PROPRIETARY_MODULE 0
#define TAINT_FORCED_MODULE	 1
#define TAINT_FORCED_RMMOD	 3
#define TAINT_USER		 6
#define TAINT_DIE		 7
#define TAINT_WARN		 9
#define TAINT_CRAP		 10
#define TAINT_OOT_MODULE	 12
#define TAINT_UNSIGNED_MODULE	 13
#define TAINT_TEST		 18
#define TAINT_FLAGS_COUNT	 19

#endif
