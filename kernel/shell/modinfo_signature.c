/* SPDX-License-Identifier: MIT */
/*
 * modinfo_signature.c: the rows of modinfo that come from a module's signature, in kmod's order and form.
 * Only the first signer is shown, and one that is named by a key's identifier is not: so does kmod.
 */
#include "shell/modinfo_signature.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "module/signature.h"

#define BYTES_A_LINE 20
#define LINE_BREAK   "\n\t\t"

struct rows {
	int (*fn)(const char *tag, size_t tag_len, const char *value, void *data);
	void *data;
};

static int print_text(const struct rows *rows, const char *tag, const char *value)
{
	return rows->fn(tag, strlen(tag), value, rows->data);
}

/* A name is bytes that do not end in a NUL. */
static int print_name(const struct rows *rows, const char *tag, struct bytes name)
{
	char *text = kmalloc(name.len + 1, GFP_KERNEL);
	int err;

	if (!text)
		return -ENOMEM;
	memcpy(text, name.data, name.len);
	text[name.len] = '\0';
	err = print_text(rows, tag, text);
	kfree(text);
	return err;
}

/* "1A:2B:3C", in lines of so many bytes. */
static int print_bytes(const struct rows *rows, const char *tag, struct bytes bytes)
{
	size_t breaks = bytes.len / BYTES_A_LINE, i;
	char *text = kmalloc(3 * bytes.len + breaks * strlen(LINE_BREAK) + 1, GFP_KERNEL);
	char *p = text;
	int err;

	if (!text)
		return -ENOMEM;
	for (i = 0; i < bytes.len; i++) {
		if (i)
			p += sprintf(p, i % BYTES_A_LINE ? ":" : ":" LINE_BREAK);
		p += sprintf(p, "%02X", bytes.data[i]);
	}
	*p = '\0';
	err = print_text(rows, tag, text);
	kfree(text);
	return err;
}

static bool first_signer(struct bytes file, struct pkcs7_signer *signer)
{
	struct module_signature ms;
	struct bytes signature;
	struct pkcs7 message;

	return signature_marked(&file) && signature_split(&file, &ms, &signature) == 0 &&
	       ms.id_type == PKEY_ID_PKCS7 && pkcs7_open(signature, &message) == 0 &&
	       pkcs7_next_signer(&message, signer) > 0;
}

int modinfo_signature(const void *image, size_t len,
		      int (*fn)(const char *tag, size_t tag_len, const char *value, void *data),
		      void *data)
{
	const struct rows rows = {.fn = fn, .data = data};
	struct pkcs7_signer signer;
	int err;

	if (!first_signer((struct bytes){image, len}, &signer) || !signer.issuer.len ||
	    !signer.digest_name)
		return 0;
	err = print_text(&rows, "sig_id", "PKCS#7");
	err = err ?: print_name(&rows, "signer", x509_name(signer.issuer));
	err = err ?: print_bytes(&rows, "sig_key", bytes_without_zeros(signer.serial));
	err = err ?: print_text(&rows, "sig_hashalgo", signer.digest_name);
	return err ?: print_bytes(&rows, "signature", signer.signature);
}
