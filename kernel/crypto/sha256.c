/* SPDX-License-Identifier: MIT */
/*
 * sha256.c: the digest SHA-256, as FIPS 180-4 says it: names, steps and constants are the standard's.
 * 32 bytes that stand for a message of any length: nobody can find two messages with the same.
 */
#include "crypto/crypto.h"

#include <linux/string.h>

#define BLOCK_SIZE  64
#define ROUNDS	    64
#define WORD	    4 /* bytes */
#define LENGTH_SIZE 8 /* bytes of the message's length, in bits, at its end */

/* 4.2.2: of the cube roots of the first 64 primes, the first 32 bits behind the point. */
static const u32 K[ROUNDS] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
	0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
	0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
	0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
	0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2,
};

/* 5.3.3: the same, of the square roots of the first 8. */
static const u32 H0[SHA256_SIZE / WORD] = {
	0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
	0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

/* --- 4.1.2: the functions --- */

static u32 rotr(u32 x, unsigned int n)
{
	return x >> n | x << (32 - n);
}

/* x chooses, bit by bit. */
static u32 ch(u32 x, u32 y, u32 z)
{
	return (x & y) ^ (~x & z);
}

/* What at least two of them say. */
static u32 maj(u32 x, u32 y, u32 z)
{
	return (x & y) ^ (x & z) ^ (y & z);
}

static u32 big_sigma0(u32 x)
{
	return rotr(x, 2) ^ rotr(x, 13) ^ rotr(x, 22);
}

static u32 big_sigma1(u32 x)
{
	return rotr(x, 6) ^ rotr(x, 11) ^ rotr(x, 25);
}

static u32 small_sigma0(u32 x)
{
	return rotr(x, 7) ^ rotr(x, 18) ^ x >> 3;
}

static u32 small_sigma1(u32 x)
{
	return rotr(x, 17) ^ rotr(x, 19) ^ x >> 10;
}

/* --- 6.2.2: one block --- */

static u32 load_word(const u8 *p)
{
	return (u32)p[0] << 24 | (u32)p[1] << 16 | (u32)p[2] << 8 | p[3];
}

static void store_word(u8 *p, u32 x)
{
	p[0] = x >> 24;
	p[1] = x >> 16;
	p[2] = x >> 8;
	p[3] = x;
}

/* Step 1: the block's 16 words, and 48 that are mixed from them. */
static void schedule(u32 W[ROUNDS], const u8 block[BLOCK_SIZE])
{
	unsigned int t;

	for (t = 0; t < BLOCK_SIZE / WORD; t++)
		W[t] = load_word(block + WORD * t);
	for (; t < ROUNDS; t++)
		W[t] = small_sigma1(W[t - 2]) + W[t - 7] + small_sigma0(W[t - 15]) + W[t - 16];
}

static void hash_block(u32 H[8], const u8 block[BLOCK_SIZE])
{
	u32 a = H[0], b = H[1], c = H[2], d = H[3], e = H[4], f = H[5], g = H[6], h = H[7];
	u32 W[ROUNDS], T1, T2;
	unsigned int t;

	schedule(W, block);
	for (t = 0; t < ROUNDS; t++) {
		T1 = h + big_sigma1(e) + ch(e, f, g) + K[t] + W[t];
		T2 = big_sigma0(a) + maj(a, b, c);
		h = g;
		g = f;
		f = e;
		e = d + T1;
		d = c;
		c = b;
		b = a;
		a = T1 + T2;
	}
	H[0] += a;
	H[1] += b;
	H[2] += c;
	H[3] += d;
	H[4] += e;
	H[5] += f;
	H[6] += g;
	H[7] += h;
}

/* 5.1.1: what is left of the message, a one bit, zeros, and its length: one block or two. */
static void hash_end(u32 H[8], struct bytes rest, u64 bits)
{
	u8 end[2 * BLOCK_SIZE] = {0};
	size_t len = rest.len + 1 + LENGTH_SIZE <= BLOCK_SIZE ? BLOCK_SIZE : sizeof(end);

	memcpy(end, rest.data, rest.len);
	end[rest.len] = 0x80;
	store_word(end + len - 2 * WORD, bits >> 32);
	store_word(end + len - WORD, (u32)bits);
	hash_block(H, end);
	if (len > BLOCK_SIZE)
		hash_block(H, end + BLOCK_SIZE);
}

void sha256(struct bytes message, u8 digest[SHA256_SIZE])
{
	u64 bits = message.len * 8ULL;
	u32 H[SHA256_SIZE / WORD];
	unsigned int i;

	memcpy(H, H0, sizeof(H));
	for (; message.len >= BLOCK_SIZE; message.data += BLOCK_SIZE, message.len -= BLOCK_SIZE)
		hash_block(H, message.data);
	hash_end(H, message, bits);
	for (i = 0; i < SHA256_SIZE / WORD; i++)
		store_word(digest + WORD * i, H[i]);
}
