/* SPDX-License-Identifier: MIT */
/*
 * modexp.c: x^e mod n, by squaring and multiplying. Each product is brought below n again without a
 * division, in Montgomery's way (P. L. Montgomery, "Modular Multiplication Without Trial Division",
 * Mathematics of Computation 44, 1985; written word by word as CIOS in Koc, Acar, Kaliski, "Analyzing
 * and Comparing Montgomery Multiplication Algorithms", IEEE Micro 16, 1996).
 *
 * The idea: with R = 2^(64 * words), one can divide a product by R cheaply, because multiples of n can
 * be added until its low words are zero, and n is odd. So numbers are kept as x * R mod n: the
 * product of two of those, divided by R, is one of those again.
 */
#include "crypto/modexp.h"

#include <linux/string.h>

typedef unsigned __int128 u128; /* two words: the product of two, and room for two carries */

struct modulus {
	const u64 *n;
	unsigned int words;
	u64 inverse; /* -1/n modulo 2^64 */
};

bool words_less(const u64 *a, const u64 *b, unsigned int words)
{
	while (words--)
		if (a[words] != b[words])
			return a[words] < b[words];
	return false;
}

/* a -= n, when it is not less; @carry is a word above a's. */
static void reduce_once(const struct modulus *m, u64 *a, u64 carry)
{
	unsigned int i;
	u64 borrow = 0;

	if (!carry && words_less(a, m->n, m->words))
		return;
	for (i = 0; i < m->words; i++) {
		u128 difference = (u128)a[i] - m->n[i] - borrow;

		a[i] = (u64)difference;
		borrow = difference >> 64 != 0;
	}
}

/* row += a * b, of as many words as a, and the carry is returned. */
static u64 add_product(u64 *row, const u64 *a, u64 b, unsigned int words)
{
	unsigned int i;
	u64 carry = 0;

	for (i = 0; i < words; i++) {
		/* Cannot overflow: (2^64-1)^2 + 2 * (2^64-1) = 2^128-1 */
		u128 sum = (u128)a[i] * b + row[i] + carry;

		row[i] = (u64)sum;
		carry = sum >> 64;
	}
	return carry;
}

/* out = a * b / R mod n; out may be a or b. */
static void multiply(const struct modulus *m, u64 *out, const u64 *a, const u64 *b)
{
	u64 t[MODEXP_WORDS_MAX + 2] = {0};
	unsigned int words = m->words, i;
	u128 top;

	for (i = 0; i < words; i++) {
		top = (u128)t[words] + add_product(t, a, b[i], words);
		t[words] = (u64)top;
		t[words + 1] = top >> 64;
		/* So many times n makes the lowest word zero: it can go. */
		top = (u128)t[words] + add_product(t, m->n, t[0] * m->inverse, words);
		t[words] = (u64)top;
		t[words + 1] += top >> 64;
		memmove(t, t + 1, (words + 1) * sizeof(*t));
	}
	reduce_once(m, t, t[words]);
	memcpy(out, t, words * sizeof(*out));
}

/* Newton's way to 1/n: each step doubles the bits that are right, and n itself has three. */
static u64 minus_inverse(u64 n)
{
	u64 inverse = n;
	unsigned int bits;

	for (bits = 3; bits < 64; bits *= 2)
		inverse *= 2 - n * inverse;
	return -inverse;
}

/* a = 2 * a mod n */
static void twice(const struct modulus *m, u64 *a)
{
	u64 carry = 0, next;
	unsigned int i;

	for (i = 0; i < m->words; i++, carry = next) {
		next = a[i] >> 63;
		a[i] = a[i] << 1 | carry;
	}
	reduce_once(m, a, carry);
}

/* out = R * R mod n: by which numbers get their R. R - n, which is R mod n, is -n in so many words. */
static void r_squared(const struct modulus *m, u64 *out)
{
	unsigned int i;

	memset(out, 0, m->words * sizeof(*out));
	reduce_once(m, out, 1);
	for (i = 0; i < 64 * m->words; i++)
		twice(m, out);
}

void modexp(u64 *x, u64 e, const u64 *n, unsigned int words)
{
	const struct modulus m = {.n = n, .words = words, .inverse = minus_inverse(n[0])};
	u64 power[MODEXP_WORDS_MAX], base[MODEXP_WORDS_MAX], one[MODEXP_WORDS_MAX] = {1};
	int bit = 63 - __builtin_clzll(e);

	r_squared(&m, base);
	multiply(&m, base, base, x); /* x * R */
	memcpy(power, base, words * sizeof(*power));
	while (bit-- > 0) {
		multiply(&m, power, power, power);
		if (e >> bit & 1)
			multiply(&m, power, power, base);
	}
	multiply(&m, x, power, one); /* without the R */
}
