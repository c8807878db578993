/* SPDX-License-Identifier: MIT */
/*
 * signature.h: the end of a signed module's file, as Linux defines it (include/linux/module_signature.h
 * there). docs/signatures.md draws it byte by byte.
 */
#ifndef KOAN_SIGNATURE_H
#define KOAN_SIGNATURE_H

#include "crypto/crypto.h"

#define MODULE_SIG_STRING "~Module signature appended~\n"
#define PKEY_ID_PKCS7	  2 /* the one type that is in use; 0 and 1 were PGP and X.509 */

/* In front of the string. All but two fields are for types that were given up, and zero. */
struct module_signature {
	u8 algo, hash, id_type, signer_len, key_id_len;
	u8 pad[3];
	u8 sig_len[4]; /* big-endian: bytes of the PKCS#7 message in front of this */
};

_Static_assert(sizeof(struct module_signature) == 12, "a format of files");

/* The file ends as a signed one does; the string is taken off. */
bool signature_marked(struct bytes *file);
/*
 * Takes the signature off a file whose string was taken off. -EBADMSG when it would be longer than
 * the file. What stands in @ms is not judged.
 */
__must_check int signature_split(struct bytes *file, struct module_signature *ms,
				 struct bytes *pkcs7);

#endif
