/* SPDX-License-Identifier: MIT */
/* stddef.h: NULL, bool, size_t and offsetof, without any header of a hosted C library. */
#ifndef _LINUX_STDDEF_H
#define _LINUX_STDDEF_H

#ifndef NULL
#define NULL ((void *)0)
#endif

/* bool is a type, not a macro: module_param(x, bool, 0) makes names of it. */
#ifndef __bool_true_false_are_defined
typedef _Bool bool;
#define true 1
#define false 0
#define __bool_true_false_are_defined 1
#endif

typedef __SIZE_TYPE__ size_t;
typedef __PTRDIFF_TYPE__ ptrdiff_t;
typedef __UINTPTR_TYPE__ uintptr_t;
#ifndef __ssize_t_defined
typedef long ssize_t;
#define __ssize_t_defined
#endif

#undef offsetof
#define offsetof(type, member)	   __builtin_offsetof(type, member)

#define sizeof_field(type, member) sizeof(((type *)0)->member)

#endif
