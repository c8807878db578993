/* SPDX-License-Identifier: MIT */
/*
 * crc.c: see crc.h. Polynomials over GF(2) of degree below 32, the highest bit being x^0, as the
 * reflected form has it; so multiplying by x is a shift to the right.
 */
#include "crc.h"

#define POLYNOMIAL 0xedb88320u
#define ONE	   0x80000000u /* x^0 */

static uint32_t times_x(uint32_t p)
{
	return p >> 1 ^ (p & 1 ? POLYNOMIAL : 0);
}

static uint32_t multiply(uint32_t a, uint32_t b)
{
	uint32_t product = 0;

	for (; a; a <<= 1, b = times_x(b))
		if (a & ONE)
			product ^= b;
	return product;
}

uint32_t crc_of(const void *bytes, size_t length)
{
	static uint32_t table[256]; /* each byte times x^8 */
	const unsigned char *byte = bytes;
	uint32_t crc = 0xffffffff;

	if (!table[1])
		for (unsigned int i = 0; i < 256; i++)
			table[i] = multiply(ONE >> 8, i);
	while (length--)
		crc = crc >> 8 ^ table[(crc ^ *byte++) & 0xff];
	return ~crc;
}

uint32_t crc_shift(size_t length)
{
	uint32_t shift = ONE, power = ONE >> 8; /* x^8, then its squares */

	for (; length; length >>= 1, power = multiply(power, power))
		if (length & 1)
			shift = multiply(shift, power);
	return shift;
}

uint32_t crc_join(uint32_t first, uint32_t second, uint32_t second_shift)
{
	return multiply(first, second_shift) ^ second;
}
