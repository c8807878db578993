/* SPDX-License-Identifier: MIT */
/*
 * modexp.h: powers of very large numbers, modulo another. A number is an array of 64-bit words, the
 * least significant first, all of the same length.
 */
#ifndef KOAN_MODEXP_H
#define KOAN_MODEXP_H

#include "crypto/crypto.h"

#define MODEXP_WORDS_MAX (RSA_BITS_MAX / 64)

/*
 * x = x to the power of @e, modulo @n; of @words words each, 1 to MODEXP_WORDS_MAX. @n must be odd and
 * have its highest bit set, x must be less than @n, and @e must not be 0.
 */
void modexp(u64 *x, u64 e, const u64 *n, unsigned int words);
/* @a is less than @b. */
bool words_less(const u64 *a, const u64 *b, unsigned int words);

#endif
