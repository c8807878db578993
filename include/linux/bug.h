/* SPDX-License-Identifier: MIT */
/*
 * bug.h: asserts for our own mistakes (theirs get an error number). They stay on in every build.
 */
#ifndef _LINUX_BUG_H
#define _LINUX_BUG_H

#include <linux/compiler.h>
#include <linux/panic.h>
#include <linux/printk.h>

#define BUG() panic("BUG at %s:%d, %s()", __FILE__, __LINE__, __func__)
#define BUG_ON(cond)                                                                               \
	do {                                                                                       \
		if (unlikely(cond))                                                                \
			panic("BUG_ON(%s) at %s:%d, %s()", #cond, __FILE__, __LINE__, __func__);   \
	} while (0)

#define WARN_ON(cond)                                                                              \
	({                                                                                         \
		bool __warn = !!(cond);                                                            \
		if (unlikely(__warn)) {                                                            \
			printk(KERN_WARNING "WARNING: %s at %s:%d, %s()\n", #cond, __FILE__,       \
			       __LINE__, __func__);                                                \
			dump_stack();                                                              \
		}                                                                                  \
		__warn;                                                                            \
	})

#define BUILD_BUG_ON(cond) _Static_assert(!(cond), "BUILD_BUG_ON: " #cond)
#define static_assert _Static_assert

#endif
