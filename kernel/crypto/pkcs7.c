/* SPDX-License-Identifier: MIT */
/*
 * pkcs7.c: signed messages: who signed, how, and the signature. RFC 5652, sections 3 and 5: the
 * Cryptographic Message Syntax, which began as PKCS#7.
 *
 *   ContentInfo { signedData, [0] SignedData }
 *   SignedData  { version, digestAlgorithms, EncapsulatedContentInfo, [0] certificates, [1] crls,
 *                 SET OF SignerInfo }
 *   SignerInfo  { version, sid, digestAlgorithm, [0] signedAttrs, signatureAlgorithm, signature,
 *                 [1] unsignedAttrs }
 *
 * Certificates that come along are not looked at: who sends a signature may send any. Whose keys are
 * good is for keyring.c to say.
 */
#include "crypto/der.h"

#include <linux/errno.h>
#include <linux/kernel.h>

#define OID_DATA	OID_PKCS(7, 1)
#define OID_SIGNED_DATA OID_PKCS(7, 2)

/* A digest's identifier, and the name by which kmod knows it. */
#define DIGEST(name, ...)                                                                          \
	{                                                                                          \
		{__VA_ARGS__}, sizeof((const u8[]){__VA_ARGS__}), name                             \
	}

static const char *digest_name(struct bytes oid)
{
	static const struct {
		u8 oid[9];
		u8 len;
		const char *name;
	} digests[] = {
		DIGEST("md4", 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x04),
		DIGEST("md5", 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05),
		DIGEST("sha1", 0x2b, 0x0e, 0x03, 0x02, 0x1a),
		DIGEST("rmd160", 0x2b, 0x24, 0x03, 0x02, 0x01),
		DIGEST("sha256", OID_NIST_DIGEST(1)),
		DIGEST("sha384", OID_NIST_DIGEST(2)),
		DIGEST("sha512", OID_NIST_DIGEST(3)),
		DIGEST("sha224", OID_NIST_DIGEST(4)),
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(digests); i++)
		if (bytes_equal(oid, (struct bytes){digests[i].oid, digests[i].len}))
			return digests[i].name;
	return NULL;
}

/* 5.2: what is signed: its type, and perhaps the bytes themselves. */
static int take_content(struct bytes *in, struct pkcs7 *out)
{
	struct bytes info, type;
	int err = der_take(in, DER_SEQUENCE, &info);

	err = err ?: der_take(&info, DER_OID, &type);
	if (!err)
		out->of_data = DER_OID_IS(type, OID_DATA) && !info.len;
	return err;
}

static int take_signed_data(struct bytes data, struct pkcs7 *out)
{
	int err = der_skip(&data, DER_INTEGER);

	err = err ?: der_skip(&data, DER_SET);
	err = err ?: take_content(&data, out);
	err = err ?: der_skip_optional(&data, DER_CONTEXT_MADE_OF(0));
	err = err ?: der_skip_optional(&data, DER_CONTEXT_MADE_OF(1));
	err = err ?: der_take(&data, DER_SET, &out->signers);
	return err ?: (data.len ? -EBADMSG : 0);
}

int pkcs7_open(struct bytes message, struct pkcs7 *out)
{
	struct bytes info, type, outer, data;
	int err = der_take(&message, DER_SEQUENCE, &info);

	err = err ?: der_take(&info, DER_OID, &type);
	err = err ?: der_take(&info, DER_CONTEXT_MADE_OF(0), &outer);
	err = err ?: der_take(&outer, DER_SEQUENCE, &data);
	if (err || message.len || info.len || outer.len || !DER_OID_IS(type, OID_SIGNED_DATA))
		return -EBADMSG;
	return take_signed_data(data, out);
}

/* 5.3: the signer's certificate, by one of two ways to name it. */
static int take_signer_id(struct bytes *in, struct pkcs7_signer *signer)
{
	struct bytes id;
	int err;

	if (der_is(*in, DER_CONTEXT(0)))
		return der_take(in, DER_CONTEXT(0), &signer->key_id);
	err = der_take(in, DER_SEQUENCE, &id);
	err = err ?: der_take_whole(&id, DER_SEQUENCE, &signer->issuer);
	return err ?: der_take(&id, DER_INTEGER, &signer->serial);
}

static int take_signer(struct bytes *in, struct pkcs7_signer *signer)
{
	struct bytes info, digest, algorithm;
	int err = der_take(in, DER_SEQUENCE, &info);

	err = err ?: der_skip(&info, DER_INTEGER); /* version */
	err = err ?: take_signer_id(&info, signer);
	err = err ?: der_take_algorithm(&info, &digest);
	signer->has_attributes = !err && der_is(info, DER_CONTEXT_MADE_OF(0));
	err = err ?: der_skip_optional(&info, DER_CONTEXT_MADE_OF(0));
	err = err ?: der_take_algorithm(&info, &algorithm);
	err = err ?: der_take(&info, DER_OCTET_STRING, &signer->signature);
	err = err ?: der_skip_optional(&info, DER_CONTEXT_MADE_OF(1));
	if (err || info.len)
		return -EBADMSG;
	signer->digest_name = digest_name(digest);
	signer->is_sha256 = DER_OID_IS(digest, OID_NIST_DIGEST(1));
	/* Both names are in use: the digest is told apart already (RFC 3370, 3.2). */
	signer->is_rsa =
		DER_OID_IS(algorithm, OID_RSA_ENCRYPTION) || DER_OID_IS(algorithm, OID_SHA256_RSA);
	return 0;
}

int pkcs7_next_signer(struct pkcs7 *message, struct pkcs7_signer *signer)
{
	int err;

	*signer = (struct pkcs7_signer){0};
	if (!message->signers.len)
		return 0;
	err = take_signer(&message->signers, signer);
	return err ?: 1;
}
