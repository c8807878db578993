/* SPDX-License-Identifier: MIT */
/* kernel.h: small macros and the functions that every module expects to find. */
#ifndef _LINUX_KERNEL_H
#define _LINUX_KERNEL_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/stdarg.h>
#include <linux/bug.h>
#include <linux/container_of.h>
#include <linux/limits.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/kstrtox.h>
#include <linux/sprintf.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* @a is a power of two. */
#define ALIGN(x, a)	   (((x) + ((__typeof__(x))(a)-1)) & ~((__typeof__(x))(a)-1))
#define ALIGN_DOWN(x, a)   ((x) & ~((__typeof__(x))(a)-1))
#define IS_ALIGNED(x, a)   (((x) & ((__typeof__(x))(a)-1)) == 0)

#define DIV_ROUND_UP(n, d) (((n) + (d)-1) / (d))
#define round_up(x, y)	   ALIGN(x, y)
#define round_down(x, y)   ALIGN_DOWN(x, y)

#define min(a, b)                                                                                  \
	({                                                                                         \
		__typeof__(a) __min_a = (a);                                                       \
		__typeof__(b) __min_b = (b);                                                       \
		__min_a < __min_b ? __min_a : __min_b;                                             \
	})
#define max(a, b)                                                                                  \
	({                                                                                         \
		__typeof__(a) __max_a = (a);                                                       \
		__typeof__(b) __max_b = (b);                                                       \
		__max_a > __max_b ? __max_a : __max_b;                                             \
	})
#define min_t(type, a, b) min((type)(a), (type)(b))
#define max_t(type, a, b) max((type)(a), (type)(b))
#define clamp(v, lo, hi)  min(max(v, lo), hi)
#define abs(x)		  ((x) < 0 ? -(x) : (x))
#define swap(a, b)                                                                                 \
	do {                                                                                       \
		__typeof__(a) __swap_tmp = (a);                                                    \
		(a) = (b);                                                                         \
		(b) = __swap_tmp;                                                                  \
	} while (0)

#endif
