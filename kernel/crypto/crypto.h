/* SPDX-License-Identifier: MIT */
/*
 * crypto.h: is this really what the owner of that key has signed? Enough of the standards to answer
 * it for RSA and SHA-256: FIPS 180-4 (the digest), RFC 8017 (the signature), X.690 (how structures
 * are written as bytes), RFC 5280 (certificates: who owns which key), RFC 5652 (PKCS#7, alias CMS:
 * a signature with the name of its signer).
 *
 * All of it but keyring.c is pure. Nothing allocates, nothing recurses, and a call needs less than
 * 5 KiB of stack. Nothing here is secret, so nothing has to take the same time for all input.
 *
 * Whatever comes from outside is a struct bytes: a range in somebody else's memory, which must stay
 * for as long as what was found in it is used. Errors are Linux's: -EBADMSG (it is not written as the
 * standard says), -ENOPKG (right, but nothing that this kernel can check), -EKEYREJECTED (checked,
 * and wrong).
 */
#ifndef KOAN_CRYPTO_H
#define KOAN_CRYPTO_H

#include <linux/types.h>
#include <linux/compiler.h>

struct bytes {
	const u8 *data;
	size_t len;
};

bool bytes_equal(struct bytes a, struct bytes b);
/* A big-endian number without leading zeros; DER puts one in front so that it is not negative. */
struct bytes bytes_without_zeros(struct bytes number);

/* --- sha256.c --- */

#define SHA256_SIZE 32

void sha256(struct bytes message, u8 digest[SHA256_SIZE]);

/* --- rsa.c --- */

#define RSA_BITS_MIN 2048 /* less can be broken: NIST SP 800-131A */
#define RSA_BITS_MAX 4096

/* Both big-endian, as in a certificate; leading zeros do not count. */
struct rsa_key {
	struct bytes modulus, exponent;
};

/* 0, -ENOPKG (a key of a size that is not supported), -EKEYREJECTED. */
__must_check int rsa_verify_sha256(const struct rsa_key *key, const u8 digest[SHA256_SIZE],
				   struct bytes signature);

/* --- x509.c --- */

struct x509 {
	struct bytes issuer, subject; /* names, whole: compared byte by byte */
	struct bytes serial;	      /* with the issuer's name, what tells certificates apart */
	struct bytes key_id;	      /* subjectKeyIdentifier; without one: no bytes */
	struct rsa_key key;
};

/*
 * Takes the certificate at the start of @in off it. -EBADMSG, or -ENOPKG when its key is not RSA.
 * That somebody vouches for it is not checked: who links a certificate into the kernel does.
 */
__must_check int x509_take(struct bytes *in, struct x509 *cert);
/* What to call the owner of a name: its first commonName, or else its last part. */
struct bytes x509_name(struct bytes name);

/* --- pkcs7.c --- */

struct pkcs7 {
	bool of_data;	      /* it signs plain bytes, which are somewhere else */
	struct bytes signers; /* those that pkcs7_next_signer() has not taken yet */
};

struct pkcs7_signer {
	struct bytes issuer, serial; /* of the signer's certificate; or else */
	struct bytes key_id;	     /* its subjectKeyIdentifier */
	const char *digest_name;     /* "sha256"; NULL: one that we do not know by name */
	bool is_sha256, is_rsa;
	bool has_attributes; /* what is signed is not the data, but a list with its digest */
	struct bytes signature;
};

/* -EBADMSG when @message is no signed message, or anything follows it. */
__must_check int pkcs7_open(struct bytes message, struct pkcs7 *out);
/* 1: here is one; 0: there are no more; -EBADMSG. */
__must_check int pkcs7_next_signer(struct pkcs7 *message, struct pkcs7_signer *signer);

/* --- keyring.c: the certificates that were linked into the kernel --- */

/* Reads them, and says which there are. */
void keyring_init(void);
/* NULL when the signer is nobody we trust. */
const struct x509 *keyring_find(const struct pkcs7_signer *signer);

#endif
