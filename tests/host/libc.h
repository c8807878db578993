/* SPDX-License-Identifier: MIT */
/*
 * libc.h: the C library's own functions for tests that include the kernel's version of them: by
 * the time it is linked, strlen in such a test is the kernel's (see host.mk).
 */
#ifndef TESTS_HOST_LIBC_H
#define TESTS_HOST_LIBC_H

#include <dlfcn.h>

/* LIBC(strlen)(s) calls the C library's strlen(). */
#define LIBC(function) ((__typeof__(&function))dlsym(RTLD_DEFAULT, #function))

/* Numbers that look random and are the same in every run. */
static inline unsigned long long next_random(unsigned long long *state)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return *state >> 33 ^ *state >> 11;
}

#endif
