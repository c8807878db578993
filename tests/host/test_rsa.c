/* SPDX-License-Identifier: MIT */
/*
 * test_rsa.c: kernel/crypto/rsa.c and modexp.c: signatures that openssl makes, with keys of several
 * sizes; the same ones changed; and paddings that a careless program would take.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <linux/errno.h>

#include "crypto/modexp.h"
#include "openssl.h"

static const char message[] = "what is signed";

static const u8 sha256_info[] = {0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
				 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};

struct world {
	struct bytes certificate, signature;
	struct rsa_key key;
	u8 digest[SHA256_SIZE];
};

/* A key of so many bits, and what it says of `message`. */
static struct world make_world(const char *name, int bits, const char *options)
{
	struct world w;
	struct x509 cert;
	struct bytes in;
	char words[256];

	sprintf(words, "-newkey rsa:%d %s", bits, options);
	make_key(name, "/CN=RSA", words);
	write_file("message", message, strlen(message));
	shell("openssl dgst -sha256 -sign %s.pem -out %s.sig message", name, name);
	sprintf(words, "%s.der", name);
	w.certificate = read_file(words);
	sprintf(words, "%s.sig", name);
	w.signature = read_file(words);
	in = w.certificate;
	assert_int_equal(x509_take(&in, &cert), 0);
	w.key = cert.key;
	sha256((struct bytes){(const u8 *)message, strlen(message)}, w.digest);
	return w;
}

static void free_world(struct world *w)
{
	free_bytes(w->certificate);
	free_bytes(w->signature);
}

static int verify(const struct world *w, const u8 *digest, const void *signature, size_t len)
{
	struct bytes copy = {memcpy(malloc(len), signature, len), len};
	int err = rsa_verify_sha256(&w->key, digest, copy);

	free_bytes(copy);
	return err;
}

/* Good as it is; not with any bit changed (of every byte one), cut off, or for another digest. */
static void check_world(struct world *w)
{
	size_t len = w->signature.len;
	u8 *changed = malloc(len + 1), digest[SHA256_SIZE];

	memcpy(changed, w->signature.data, len);
	changed[len] = 0;
	assert_int_equal(verify(w, w->digest, changed, len), 0);
	assert_int_equal(verify(w, w->digest, changed, len - 1), -EKEYREJECTED);
	assert_int_equal(verify(w, w->digest, changed, len + 1), -EKEYREJECTED);
	assert_int_equal(verify(w, w->digest, changed, 0), -EKEYREJECTED);
	for (size_t i = 0; i < len; i += 7) {
		changed[i] ^= 1 << i % 8;
		assert_int_equal(verify(w, w->digest, changed, len), -EKEYREJECTED);
		changed[i] ^= 1 << i % 8;
	}
	for (size_t i = 0; i < sizeof(digest); i += 5) {
		memcpy(digest, w->digest, sizeof(digest));
		digest[i] ^= 0x10;
		assert_int_equal(verify(w, digest, changed, len), -EKEYREJECTED);
	}
	free(changed);
}

static void test_sizes(void **state)
{
	static const int bits[] = {2048, 3072, 4096};
	char name[16];

	(void)state;
	for (size_t i = 0; i < sizeof(bits) / sizeof(*bits); i++) {
		struct world w;

		sprintf(name, "k%d", bits[i]);
		w = make_world(name, bits[i], "");
		check_world(&w);
		free_world(&w);
	}
}

/* The other exponent that is in use. */
static void test_exponent_3(void **state)
{
	struct world w = make_world("e3", 2048, "-pkeyopt rsa_keygen_pubexp:3");

	(void)state;
	assert_int_equal(w.key.exponent.len, 1);
	check_world(&w);
	free_world(&w);
}

static void test_another_key(void **state)
{
	struct world one = make_world("one", 2048, ""), two = make_world("two", 2048, "");

	(void)state;
	assert_int_equal(verify(&one, one.digest, two.signature.data, two.signature.len),
			 -EKEYREJECTED);
	free_world(&one);
	free_world(&two);
}

/* sum = w->signature + the modulus; true when it has no more bytes than they. */
static bool add_modulus(const struct world *w, u8 sum[2048 / 8])
{
	unsigned int carry = 0;

	for (int i = 2048 / 8 - 1; i >= 0; i--) {
		carry += w->signature.data[i] + w->key.modulus.data[i + 1];
		sum[i] = (u8)carry;
		carry >>= 8;
	}
	return !carry;
}

/*
 * RFC 8017, 5.2.2, step 1: s and s + n are the same modulo n, but only s is a signature. About one in
 * five s is small enough for it: so many are made.
 */
static void test_not_less_than_the_modulus(void **state)
{
	struct world w = make_world("big", 2048, "");
	u8 sum[2048 / 8];
	char text[32];
	int i;

	(void)state;
	assert_int_equal(verify(&w, w.digest, w.key.modulus.data + 1, sizeof(sum)), -EKEYREJECTED);
	memset(sum, 0xff, sizeof(sum));
	assert_int_equal(verify(&w, w.digest, sum, sizeof(sum)), -EKEYREJECTED);
	for (i = 0; i < 500 && !add_modulus(&w, sum); i++) {
		sprintf(text, "message %d", i);
		write_file("message", text, strlen(text));
		shell("openssl dgst -sha256 -sign big.pem -out big.sig message");
		free_bytes(w.signature);
		w.signature = read_file("big.sig");
		sha256((struct bytes){(const u8 *)text, strlen(text)}, w.digest);
	}
	assert_true(i < 500);
	assert_int_equal(verify(&w, w.digest, w.signature.data, sizeof(sum)), 0);
	assert_int_equal(verify(&w, w.digest, sum, sizeof(sum)), -EKEYREJECTED);
	free_world(&w);
}

static void test_keys_that_are_not_supported(void **state)
{
	struct world w = make_world("fine", 2048, "");
	struct world small = make_world("small", 1024, ""), odd = make_world("odd", 2056, "");
	struct world large = make_world("large", 4160, "");
	const struct rsa_key key = w.key;
	static const u8 zeros[9] = {0}, nine[9] = {1, 0, 0, 0, 0, 0, 0, 0, 1}, two[] = {2};

	(void)state;
	assert_int_equal(verify(&small, w.digest, small.signature.data, 128), -ENOPKG);
	assert_int_equal(verify(&odd, w.digest, odd.signature.data, 257), -ENOPKG);
	assert_int_equal(verify(&large, w.digest, large.signature.data, 520), -ENOPKG);
	w.key.exponent = (struct bytes){NULL, 0};
	assert_int_equal(verify(&w, w.digest, w.signature.data, 256), -ENOPKG);
	w.key.exponent = (struct bytes){zeros, sizeof(zeros)};
	assert_int_equal(verify(&w, w.digest, w.signature.data, 256), -ENOPKG);
	w.key.exponent = (struct bytes){nine, sizeof(nine)};
	assert_int_equal(verify(&w, w.digest, w.signature.data, 256), -ENOPKG);
	w.key.exponent = (struct bytes){two, sizeof(two)};
	assert_int_equal(verify(&w, w.digest, w.signature.data, 256), -ENOPKG);
	w.key = key;
	w.key.modulus = (struct bytes){NULL, 0};
	assert_int_equal(verify(&w, w.digest, w.signature.data, 256), -ENOPKG);
	w.key.modulus.data = key.modulus.data;
	w.key.modulus.len = key.modulus.len - 1; /* even, or of a wrong size */
	assert_int_equal(verify(&w, w.digest, w.signature.data, 256), -ENOPKG);
	free_world(&w);
	free_world(&small);
	free_world(&odd);
	free_world(&large);
}

/* --- paddings: the key's owner signs whatever stands in `padded` --- */

static int verify_padded(const struct world *w, const u8 padded[256])
{
	struct bytes signature;
	int err;

	write_file("padded", padded, 256);
	shell("openssl pkeyutl -decrypt -inkey pad.pem -pkeyopt rsa_padding_mode:none -in padded -out raw");
	signature = read_file("raw");
	err = rsa_verify_sha256(&w->key, w->digest, signature);
	free_bytes(signature);
	return err;
}

/* 0 1 ff..ff 0 info digest, with `ones` bytes of ff; what is left is zeros, at the end. */
static void pad(u8 padded[256], const struct world *w, unsigned int ones)
{
	u8 *p = padded;

	memset(padded, 0, 256);
	p[1] = 1;
	memset(p + 2, 0xff, ones);
	p += 3 + ones;
	memcpy(p, sha256_info, sizeof(sha256_info));
	memcpy(p + sizeof(sha256_info), w->digest, SHA256_SIZE);
}

#define ALL_ONES (256 - 3 - (int)sizeof(sha256_info) - SHA256_SIZE)

static void test_padding(void **state)
{
	struct world w = make_world("pad", 2048, "");
	u8 padded[256];

	(void)state;
	pad(padded, &w, ALL_ONES);
	assert_int_equal(verify_padded(&w, padded), 0);
	pad(padded, &w, 8); /* Bleichenbacher's: the digest is there, and behind it anything */
	assert_int_equal(verify_padded(&w, padded), -EKEYREJECTED);
	pad(padded, &w, ALL_ONES);
	padded[1] = 2; /* that of encryption: RFC 8017, 7.2 */
	assert_int_equal(verify_padded(&w, padded), -EKEYREJECTED);
	pad(padded, &w, ALL_ONES);
	padded[100] = 0xfe;
	assert_int_equal(verify_padded(&w, padded), -EKEYREJECTED);
	pad(padded, &w, ALL_ONES);
	padded[256 - SHA256_SIZE - 5] = 4; /* another digest's name */
	assert_int_equal(verify_padded(&w, padded), -EKEYREJECTED);
	free_world(&w);
}

/* --- modexp.c, against numbers that can be worked out in another way --- */

static unsigned __int128 slow_power(u64 x, u64 e, u64 n)
{
	unsigned __int128 power = 1;

	while (e--)
		power = power * x % n;
	return power;
}

static void test_small_powers(void **state)
{
	static const u64 moduli[] = {0xffffffffffffffff, 0x8000000000000001, 0xc000000000000005};

	(void)state;
	for (int i = 0; i < 3; i++)
		for (u64 e = 1; e < 40; e++)
			for (u64 x = 0; x < 6; x++) {
				u64 big = x < 3 ? x : moduli[i] - x, power = big;

				modexp(&power, e, &moduli[i], 1);
				assert_int_equal(power, (u64)slow_power(big, e, moduli[i]));
			}
}

/* Fermat: x^(p-1) is 1 modulo a prime p = 2^64 - 59. */
static void test_large_exponent(void **state)
{
	const u64 p = -59ULL;
	u64 x = 0x123456789abcdef;

	(void)state;
	modexp(&x, p - 1, &p, 1);
	assert_int_equal(x, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_exponent_3),
		cmocka_unit_test(test_another_key),
		cmocka_unit_test(test_not_less_than_the_modulus),
		cmocka_unit_test(test_keys_that_are_not_supported),
		cmocka_unit_test(test_padding),
		cmocka_unit_test(test_small_powers),
		cmocka_unit_test(test_large_exponent),
	};

	return cmocka_run_group_tests(tests, openssl_setup, openssl_teardown);
}
