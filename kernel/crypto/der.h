/* SPDX-License-Identifier: MIT */
/*
 * der.h: reading DER (X.690), the way in which ASN.1 structures are written as bytes: each element is
 * a tag, a length and so many bytes, which may be elements again. Of all that can be said so,
 * certificates and signatures need what is here: tags of one byte, lengths that are known.
 */
#ifndef KOAN_DER_H
#define KOAN_DER_H

#include "crypto/crypto.h"

/* X.690, 8.1.2: the class in bits 7 and 6, bit 5 for "made of elements", the number in the rest. */
#define DER_INTEGER	 0x02
#define DER_BIT_STRING	 0x03
#define DER_OCTET_STRING 0x04
#define DER_OID		 0x06
#define DER_SEQUENCE	 0x30
#define DER_SET		 0x31
/* [n] of a structure: its meaning depends on where it stands. */
#define DER_CONTEXT(n)	       (0x80 | (n))
#define DER_CONTEXT_MADE_OF(n) (0xa0 | (n))

/* The first element of @in has this tag. */
bool der_is(struct bytes in, u8 tag);
/* Takes the first element, which must have @tag, off @in: its contents go to @contents. -EBADMSG. */
__must_check int der_take(struct bytes *in, u8 tag, struct bytes *contents);
/* The same, with its tag and length: for what is compared as it stands. */
__must_check int der_take_whole(struct bytes *in, u8 tag, struct bytes *whole);
/* The same, when only its place matters. */
__must_check int der_skip(struct bytes *in, u8 tag);
/* The same, when it may be missing. */
__must_check int der_skip_optional(struct bytes *in, u8 tag);
/* The next element, whatever it is; its tag goes to @tag. */
__must_check int der_take_any(struct bytes *in, u8 *tag, struct bytes *contents);
/* Takes an AlgorithmIdentifier (RFC 5280, 4.1.1.2); of its parameters nobody asks. */
__must_check int der_take_algorithm(struct bytes *in, struct bytes *oid);

/* @oid is the one whose contents are listed: DER_OID_IS(oid, 0x55, 4, 3). */
#define DER_OID_IS(oid, ...)                                                                       \
	bytes_equal(oid,                                                                           \
		    (struct bytes){(const u8[]){__VA_ARGS__}, sizeof((const u8[]){__VA_ARGS__})})
/* 1.2.840.113549.1: RSA Laboratories' PKCS. */
#define OID_PKCS(...) 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, __VA_ARGS__
/* 2.16.840.1.101.3.4.2: NIST's digests. */
#define OID_NIST_DIGEST(n) 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, n

#define OID_RSA_ENCRYPTION OID_PKCS(1, 1) /* RFC 8017, A.1 */
#define OID_SHA256_RSA	   OID_PKCS(1, 11)

#endif
