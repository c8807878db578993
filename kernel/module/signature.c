/* SPDX-License-Identifier: MIT */
/*
 * signature.c: where in a file is its signature? The other way round from what one expects: at the
 * end, so that whoever does not know of it reads the ELF file in front and nothing else.
 *
 *   the ELF file | PKCS#7, sig_len bytes | struct module_signature | "~Module signature appended~\n"
 *
 * Pure. Assumes nothing of the bytes; promises that the parts lie in the file, one behind the other.
 */
#include "module/signature.h"

#include <linux/errno.h>
#include <linux/string.h>

bool signature_marked(struct bytes *file)
{
	const size_t len = strlen(MODULE_SIG_STRING);

	if (file->len <= len || memcmp(file->data + file->len - len, MODULE_SIG_STRING, len) != 0)
		return false;
	file->len -= len;
	return true;
}

static u32 from_big_endian(const u8 bytes[4])
{
	return (u32)bytes[0] << 24 | (u32)bytes[1] << 16 | (u32)bytes[2] << 8 | bytes[3];
}

int signature_split(struct bytes *file, struct module_signature *ms, struct bytes *pkcs7)
{
	u32 len;

	if (file->len <= sizeof(*ms))
		return -EBADMSG;
	memcpy(ms, file->data + file->len - sizeof(*ms), sizeof(*ms));
	len = from_big_endian(ms->sig_len);
	if (len >= file->len - sizeof(*ms))
		return -EBADMSG;
	file->len -= sizeof(*ms) + len;
	*pkcs7 = (struct bytes){file->data + file->len, len};
	return 0;
}
