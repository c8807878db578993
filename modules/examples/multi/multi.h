/* SPDX-License-Identifier: MIT */
/* multi.h: what the files of this module know of each other. */
#ifndef MULTI_H
#define MULTI_H

#include <linux/types.h>

/* primes.c: whether nothing but 1 and @n divides @n. */
bool multi_is_prime(unsigned int n);

/* text.c: appends @n to the line under construction. */
void multi_line_add(unsigned int n);
/* The line so far. */
const char *multi_line(void);

#endif
