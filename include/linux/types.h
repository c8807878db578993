/* SPDX-License-Identifier: MIT */
/*
 * types.h: integer types by width, and the few kernel types that modules name.
 *
 * The compiler's own __INTn_TYPE__ macros are used rather than <stdint.h>, so that a kernel
 * type is exactly the type the compiler's printf check expects.
 */
#ifndef _LINUX_TYPES_H
#define _LINUX_TYPES_H

#include <linux/stddef.h>

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed char s8;
typedef short s16;
typedef int s32;
typedef long long s64;

typedef u8 __u8;
typedef u16 __u16;
typedef u32 __u32;
typedef u64 __u64;
typedef s8 __s8;
typedef s16 __s16;
typedef s32 __s32;
typedef s64 __s64;

typedef __UINT8_TYPE__ uint8_t;
typedef __UINT16_TYPE__ uint16_t;
typedef __UINT32_TYPE__ uint32_t;
typedef __UINT64_TYPE__ uint64_t;
typedef __INT8_TYPE__ int8_t;
typedef __INT16_TYPE__ int16_t;
typedef __INT32_TYPE__ int32_t;
typedef __INT64_TYPE__ int64_t;

typedef unsigned int uint;
typedef unsigned short ushort;
typedef unsigned long ulong;
typedef unsigned char uchar;

typedef unsigned int gfp_t;
typedef unsigned short umode_t;
typedef u64 phys_addr_t;
/* A hosted C library, under which pure code is tested, has names of its own for these. */
#ifdef __KERNEL__
typedef long long loff_t;
typedef unsigned int dev_t;
#else
typedef long loff_t;
#endif

typedef struct {
	int counter;
} atomic_t;

struct list_head {
	struct list_head *next, *prev;
};

#endif
