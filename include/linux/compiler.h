/* SPDX-License-Identifier: MIT */
/*
 * compiler.h: the attributes that C11 has no word for, under the names Linux uses.
 */
#ifndef _LINUX_COMPILER_H
#define _LINUX_COMPILER_H

#define __section(name) __attribute__((section(name)))
#define __aligned(x)	__attribute__((aligned(x)))
#define __packed	__attribute__((packed))
#define __used		__attribute__((used))
#define __maybe_unused	__attribute__((unused))
#define __always_unused __attribute__((unused))
#define __weak		__attribute__((weak))
#define __cold		__attribute__((cold))
#define __noreturn	__attribute__((noreturn))
#define __pure		__attribute__((pure))
#define __printf(a, b)	__attribute__((format(printf, a, b)))
#define __scanf(a, b)	__attribute__((format(scanf, a, b)))
/* Ignoring the result must not compile. */
#define __must_check	 __attribute__((warn_unused_result))
#define __always_inline	 inline __attribute__((always_inline))
#define noinline	 __attribute__((noinline))
#define likely(x)	 __builtin_expect(!!(x), 1)
#define unlikely(x)	 __builtin_expect(!!(x), 0)
#define barrier()	 __asm__ volatile("" ::: "memory")
#define READ_ONCE(x)	 (*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, v) (*(volatile __typeof__(x) *)&(x) = (v))
#define fallthrough	 __attribute__((fallthrough))

/* sparse's address-space marks: kept so that module sources that use them compile. */
#define __user
#define __iomem
#define __force

/* Two levels, so that an argument that is itself a macro is expanded first. */
#define __stringify_1(x...) #x
#define __stringify(x...)   __stringify_1(x)
#define ___PASTE(a, b)	    a##b
#define __PASTE(a, b)	    ___PASTE(a, b)
#define __UNIQUE_ID(prefix) __PASTE(__PASTE(__UNIQUE_ID_, prefix), __COUNTER__)

#endif
