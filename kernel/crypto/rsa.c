/* SPDX-License-Identifier: MIT */
/*
 * rsa.c: is this signature that of this digest? RSASSA-PKCS1-v1_5: RFC 8017, section 8.2.2.
 *
 * Whoever signs pads the digest to the size of the modulus and raises that to a power which only they
 * know. Raised to the power that everybody knows, the padded digest is there again. Promises that
 * only this one padding passes: it is made here and compared as a whole, because programs that read
 * what they found have been led astray (D. Bleichenbacher, CRYPTO 2006).
 */
#include "crypto/crypto.h"
#include "crypto/modexp.h"

#include <linux/errno.h>
#include <linux/string.h>

#define WORD 8 /* bytes */

/* 9.2, note 1: a DigestInfo in DER, up to the digest: "what follows is a SHA-256". */
static const u8 sha256_info[] = {0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
				 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};

/* 4.2, OS2IP: @number has no more bytes than the words have. */
static void words_from(u64 *words, unsigned int count, struct bytes number)
{
	size_t i;

	memset(words, 0, count * sizeof(*words));
	for (i = 0; i < number.len; i++)
		words[i / WORD] |= (u64)number.data[number.len - 1 - i] << i % WORD * 8;
}

/* 9.2, EMSA-PKCS1-v1_5: 0, 1, bytes of ones up to the size of the modulus, 0, DigestInfo. */
static void padded(u8 *out, size_t len, const u8 digest[SHA256_SIZE])
{
	size_t info = len - sizeof(sha256_info) - SHA256_SIZE;

	memset(out, 0xff, len);
	out[0] = 0;
	out[1] = 1;
	out[info - 1] = 0;
	memcpy(out + info, sha256_info, sizeof(sha256_info));
	memcpy(out + info + sizeof(sha256_info), digest, SHA256_SIZE);
}

/* An odd modulus of whole words whose highest bit is set: that is every key of a usual size. */
static bool is_supported(struct bytes modulus, struct bytes exponent)
{
	return modulus.len * 8 >= RSA_BITS_MIN && modulus.len * 8 <= RSA_BITS_MAX &&
	       modulus.len % WORD == 0 && (modulus.data[0] & 0x80) &&
	       (modulus.data[modulus.len - 1] & 1) && exponent.len && exponent.len <= WORD &&
	       (exponent.data[exponent.len - 1] & 1);
}

int rsa_verify_sha256(const struct rsa_key *key, const u8 digest[SHA256_SIZE],
		      struct bytes signature)
{
	u64 n[MODEXP_WORDS_MAX], s[MODEXP_WORDS_MAX], expected[MODEXP_WORDS_MAX], e;
	struct bytes modulus = bytes_without_zeros(key->modulus);
	struct bytes exponent = bytes_without_zeros(key->exponent);
	unsigned int words = modulus.len / WORD;
	u8 message[RSA_BITS_MAX / 8];

	if (!is_supported(modulus, exponent))
		return -ENOPKG;
	if (signature.len != modulus.len)
		return -EKEYREJECTED; /* 8.2.2, step 1 */
	words_from(n, words, modulus);
	words_from(&e, 1, exponent);
	words_from(s, words, signature);
	if (!words_less(s, n, words))
		return -EKEYREJECTED; /* 5.2.2, step 1 */
	modexp(s, e, n, words);
	padded(message, modulus.len, digest);
	words_from(expected, words, (struct bytes){message, modulus.len});
	return memcmp(s, expected, modulus.len) == 0 ? 0 : -EKEYREJECTED;
}
