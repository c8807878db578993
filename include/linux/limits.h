/* SPDX-License-Identifier: MIT */
/* limits.h: the range of each integer type, under Linux's names. */
#ifndef _LINUX_LIMITS_H
#define _LINUX_LIMITS_H

#define U8_MAX	0xffU
#define U16_MAX 0xffffU
#define U32_MAX 0xffffffffU
#define U64_MAX 0xffffffffffffffffULL
#define S32_MAX 0x7fffffff
#define S32_MIN (-S32_MAX - 1)
#define S64_MAX 0x7fffffffffffffffLL
#define S64_MIN (-S64_MAX - 1)

#ifndef INT_MAX
#define SHRT_MAX   0x7fff
#define SHRT_MIN   (-SHRT_MAX - 1)
#define USHRT_MAX  0xffff
#define INT_MAX	   0x7fffffff
#define INT_MIN	   (-INT_MAX - 1)
#define UINT_MAX   0xffffffffU
#define LONG_MAX   0x7fffffffffffffffL
#define LONG_MIN   (-LONG_MAX - 1)
#define ULONG_MAX  0xffffffffffffffffUL
#define LLONG_MAX  0x7fffffffffffffffLL
#define LLONG_MIN  (-LLONG_MAX - 1)
#define ULLONG_MAX 0xffffffffffffffffULL
#endif
#ifndef SIZE_MAX
#define SIZE_MAX (~(__SIZE_TYPE__)0)
#endif

#define PATH_MAX 4096
#define NAME_MAX 255

#endif
