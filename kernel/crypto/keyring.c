/* SPDX-License-Identifier: MIT */
/*
 * keyring.c: whom this kernel trusts: the owners of the certificates that were linked into it
 * (certificates.asm). No others can be added while it runs. Texts are Linux's.
 */
#include "crypto/crypto.h"

#include <linux/printk.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#define CERTIFICATES_MAX 16
#define KEY_ID_MAX	 32 /* bytes of an identifier that are shown; most are a SHA-1 */

extern const u8 trusted_certificates[];
extern const u64 trusted_certificates_size;

static struct x509 trusted[CERTIFICATES_MAX];
static unsigned int trusted_count;

/* "NAME: 0a1b2c..": the identifier is the key's own, or else the certificate's number. */
static void announce(const struct x509 *cert)
{
	struct bytes name = x509_name(cert->subject);
	struct bytes id = cert->key_id.len ? cert->key_id : cert->serial;
	char hex[2 * KEY_ID_MAX + 1] = "";
	size_t i;

	for (i = 0; i < id.len && i < KEY_ID_MAX; i++)
		snprintf(hex + 2 * i, 3, "%02x", id.data[i]);
	pr_notice("Loaded X.509 cert '%.*s: %s'\n", (int)name.len, (const char *)name.data, hex);
}

void keyring_init(void)
{
	struct bytes list = {trusted_certificates, trusted_certificates_size};
	struct bytes before;
	int err;

	pr_notice("Loading compiled-in X.509 certificates\n");
	while (list.len && trusted_count < CERTIFICATES_MAX) {
		before = list;
		err = x509_take(&list, &trusted[trusted_count]);
		if (!err)
			announce(&trusted[trusted_count++]);
		else
			pr_err("Problem loading in-kernel X.509 certificate (%d)\n", err);
		if (list.len == before.len)
			return; /* nobody knows where the next one begins */
	}
	if (list.len)
		pr_err("Only the first %u X.509 certificates are used\n", CERTIFICATES_MAX);
}

/* No bytes name nobody: a certificate without an identifier must not be found by an empty one. */
static bool is_of(const struct x509 *cert, const struct pkcs7_signer *signer)
{
	if (signer->key_id.len)
		return bytes_equal(cert->key_id, signer->key_id);
	return signer->issuer.len && bytes_equal(cert->issuer, signer->issuer) &&
	       bytes_equal(cert->serial, signer->serial);
}

const struct x509 *keyring_find(const struct pkcs7_signer *signer)
{
	unsigned int i;

	for (i = 0; i < trusted_count; i++)
		if (is_of(&trusted[i], signer))
			return &trusted[i];
	return NULL;
}
