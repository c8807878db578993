/* SPDX-License-Identifier: MIT */
/*
 * uaccess.h: moving bytes between the kernel and who called it. Koan has no user space: a "user"
 * pointer leads to a buffer of the kernel's own, so these are plain copies that cannot fail; but a
 * module that tests their results, as on Linux it must, is right here too.
 */
#ifndef _LINUX_UACCESS_H
#define _LINUX_UACCESS_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/string.h>

#define access_ok(addr, size) ((void)(addr), (void)(size), true)

/* Both return the number of bytes that could not be copied. */
static inline __must_check unsigned long copy_to_user(void __user *to, const void *from,
						      unsigned long n)
{
	memcpy((void __force *)to, from, n);
	return 0;
}

static inline __must_check unsigned long copy_from_user(void *to, const void __user *from,
							unsigned long n)
{
	memcpy(to, (const void __force *)from, n);
	return 0;
}

static inline __must_check unsigned long clear_user(void __user *to, unsigned long n)
{
	memset((void __force *)to, 0, n);
	return 0;
}

/* One value of the pointer's own type; 0. */
#define put_user(x, ptr) (*(__typeof__(*(ptr)) __force *)(ptr) = (x), 0)
#define get_user(x, ptr) ((x) = *(const __typeof__(*(ptr)) __force *)(ptr), 0)

#endif
