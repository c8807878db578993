/* SPDX-License-Identifier: MIT */
/*
 * x509.c: certificates: whose key is this? RFC 5280, section 4.1; of the extensions only the key's
 * identifier, 4.2.1.2.
 *
 *   Certificate   { TBSCertificate, signatureAlgorithm, signature }
 *   TBSCertificate{ [0] version, serialNumber, signature, issuer, validity, subject,
 *                   SubjectPublicKeyInfo, [1], [2], [3] extensions }
 *
 * A certificate that is linked into the kernel is trusted for that: neither its own signature nor
 * the time in which it is valid is looked at. Linux does the same: the clock may be wrong at boot.
 */
#include "crypto/der.h"

#include <linux/errno.h>

#define OID_COMMON_NAME	   0x55, 0x04, 0x03 /* 2.5.4.3 */
#define OID_SUBJECT_KEY_ID 0x55, 0x1d, 0x0e /* 2.5.29.14 */

/* RFC 8017, A.1.1, inside of RFC 5280, 4.1.2.7. */
static int take_key(struct bytes *in, struct rsa_key *key)
{
	struct bytes info, algorithm, bits, numbers;
	int err = der_take(in, DER_SEQUENCE, &info);

	err = err ?: der_take_algorithm(&info, &algorithm);
	err = err ?: der_take(&info, DER_BIT_STRING, &bits);
	if (err)
		return err;
	if (!DER_OID_IS(algorithm, OID_RSA_ENCRYPTION))
		return -ENOPKG;
	/* X.690, 8.6.2.2: a bit string begins with how many bits of its last byte do not count. */
	if (!bits.len || bits.data[0] != 0)
		return -EBADMSG;
	bits = (struct bytes){bits.data + 1, bits.len - 1};
	err = der_take(&bits, DER_SEQUENCE, &numbers);
	err = err ?: der_take(&numbers, DER_INTEGER, &key->modulus);
	return err ?: der_take(&numbers, DER_INTEGER, &key->exponent);
}

/* Extension { extnID, critical DEFAULT FALSE, extnValue }: the value is DER in an octet string. */
static int take_extension(struct bytes *in, struct x509 *cert)
{
	struct bytes extension, oid, value;
	const u8 boolean = 0x01;
	int err = der_take(in, DER_SEQUENCE, &extension);

	err = err ?: der_take(&extension, DER_OID, &oid);
	err = err ?: der_skip_optional(&extension, boolean);
	err = err ?: der_take(&extension, DER_OCTET_STRING, &value);
	if (err || !DER_OID_IS(oid, OID_SUBJECT_KEY_ID))
		return err;
	return der_take(&value, DER_OCTET_STRING, &cert->key_id);
}

static int take_extensions(struct bytes *in, struct x509 *cert)
{
	struct bytes outer, list;
	int err;

	if (!in->len)
		return 0; /* they are optional */
	err = der_take(in, DER_CONTEXT_MADE_OF(3), &outer);
	err = err ?: der_take(&outer, DER_SEQUENCE, &list);
	while (!err && list.len)
		err = take_extension(&list, cert);
	return err;
}

int x509_take(struct bytes *in, struct x509 *cert)
{
	struct bytes certificate, tbs;
	int err = der_take(in, DER_SEQUENCE, &certificate);

	*cert = (struct x509){0};
	err = err ?: der_take(&certificate, DER_SEQUENCE, &tbs);
	err = err ?: der_skip_optional(&tbs, DER_CONTEXT_MADE_OF(0)); /* version */
	err = err ?: der_take(&tbs, DER_INTEGER, &cert->serial);
	err = err ?: der_skip(&tbs, DER_SEQUENCE); /* how it is signed */
	err = err ?: der_take_whole(&tbs, DER_SEQUENCE, &cert->issuer);
	err = err ?: der_skip(&tbs, DER_SEQUENCE); /* from when until when */
	err = err ?: der_take_whole(&tbs, DER_SEQUENCE, &cert->subject);
	err = err ?: take_key(&tbs, &cert->key);
	err = err ?: der_skip_optional(&tbs, DER_CONTEXT(1)); /* identifiers of old times */
	err = err ?: der_skip_optional(&tbs, DER_CONTEXT(2));
	return err ?: take_extensions(&tbs, cert);
}

/* 4.1.2.4: Name is a list of sets, in practice of one member: { type OID, value of some string type }. */
static int take_name_part(struct bytes *in, struct bytes *oid, struct bytes *value)
{
	struct bytes set, part;
	u8 type;
	int err = der_take(in, DER_SET, &set);

	err = err ?: der_take(&set, DER_SEQUENCE, &part);
	err = err ?: der_take(&part, DER_OID, oid);
	return err ?: der_take_any(&part, &type, value);
}

struct bytes x509_name(struct bytes name)
{
	struct bytes parts = {0}, oid, value = {0};
	int err = der_take(&name, DER_SEQUENCE, &parts);

	while (!err && parts.len) {
		err = take_name_part(&parts, &oid, &value);
		if (!err && DER_OID_IS(oid, OID_COMMON_NAME))
			break;
	}
	return value;
}
