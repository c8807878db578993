/* SPDX-License-Identifier: MIT */
/* modinfo_signature.h: what a module's signature says of itself, as rows of modinfo. */
#ifndef KOAN_SHELL_MODINFO_SIGNATURE_H
#define KOAN_SHELL_MODINFO_SIGNATURE_H

#include <linux/types.h>
#include <linux/compiler.h>

/*
 * Calls @fn with kmod's rows (sig_id, signer, sig_key, sig_hashalgo, signature) for the signature at
 * the end of @image; not at all when there is none, or none that can be read: kmod says nothing
 * then. That it is good is not said: anybody can sign. -ENOMEM, or what @fn returns if it is not 0.
 * Only with CONFIG_MODULE_SIG.
 */
__must_check int modinfo_signature(const void *image, size_t len,
				   int (*fn)(const char *tag, size_t tag_len, const char *value,
					     void *data),
				   void *data);

#endif
