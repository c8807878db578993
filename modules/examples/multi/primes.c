/* SPDX-License-Identifier: MIT */
/* primes.c: the arithmetic. It needs nothing of the kernel. */
#include "multi.h"

bool multi_is_prime(unsigned int n)
{
	for (unsigned int divisor = 2; divisor * divisor <= n; divisor++)
		if (n % divisor == 0)
			return false;
	return n >= 2;
}
