/* SPDX-License-Identifier: MIT */
/*
 * fuzz_pkcs7.c: any bytes as the end of a signed module, as a PKCS#7 message and as certificates. What is
 * found in them must lie in them, reading must end, and no signature is good: there is no key.
 */
#include "crypto/crypto.h"
#include "module/signature.h"
#include "fuzz.h"

static void check_inside(struct bytes part, struct bytes all)
{
	if (!part.len)
		return;
	promise(part.data >= all.data && part.len <= all.len);
	promise((size_t)(part.data - all.data) <= all.len - part.len);
}

static void read_message(struct bytes message)
{
	static const u8 digest[SHA256_SIZE];
	struct pkcs7_signer signer;
	struct pkcs7 opened;
	size_t left;

	if (pkcs7_open(message, &opened))
		return;
	check_inside(opened.signers, message);
	do {
		left = opened.signers.len;
		if (pkcs7_next_signer(&opened, &signer) <= 0)
			break;
		promise(opened.signers.len < left);
		check_inside(signer.issuer, message);
		check_inside(signer.serial, message);
		check_inside(signer.key_id, message);
		check_inside(signer.signature, message);
		check_inside(x509_name(signer.issuer), message);
		/* Its own bytes as a key: of any size, and nobody's. */
		promise(rsa_verify_sha256(&(struct rsa_key){signer.issuer, signer.serial}, digest,
					  signer.signature) < 0);
	} while (true);
}

static void read_certificates(struct bytes all)
{
	struct bytes list = all;
	struct x509 cert;
	size_t left;

	do {
		left = list.len;
		if (x509_take(&list, &cert))
			continue;
		promise(list.len < left);
		check_inside(cert.key.modulus, all);
		check_inside(cert.key.exponent, all);
		check_inside(cert.key_id, all);
		check_inside(x509_name(cert.subject), all);
	} while (list.len < left);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes all = {data, size}, file = all, pkcs7;
	struct module_signature ms;

	read_message(all);
	read_certificates(all);
	if (signature_marked(&file) && signature_split(&file, &ms, &pkcs7) == 0) {
		promise(file.data + file.len == pkcs7.data && file.len);
		check_inside(pkcs7, all);
		read_message(pkcs7);
	}
	return 0;
}
