/* SPDX-License-Identifier: MIT */
/*
 * signing.c: who vouches for this file? Before anything else is read of it, because what can be
 * trusted need not be distrusted. (Koan distrusts it all the same: elf.c.)
 *
 * The file is as somebody left it. Promises that ld->sig_ok is set only when every byte up to
 * the signature is what an owner of a key that we trust has signed, and that ld->len is the length
 * of that, without the signature. Order, texts and errors are Linux's; lines that begin with "its
 * signature" or "what is" are not: Linux leaves them out.
 *
 * What is not signed, or by somebody unknown, is loaded all the same and taints the kernel (E), unless
 * one of these says no:
 *
 *   CONFIG_MODULE_SIG_FORCE     when the kernel was built
 *   module.sig_enforce          on its command line, or a 1 in /sys/module/module/parameters/sig_enforce
 *   lockdown=integrity          on its command line (or =confidentiality)
 *
 * A signature that is there and wrong is never forgiven.
 */
#include "module/load.h"
#include "module/file.h"
#include "module/signature.h"

#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/string.h>
#include "lib/lib.h"

#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "module."

static bool sig_enforce = IS_ENABLED(CONFIG_MODULE_SIG_FORCE);
module_param(sig_enforce, bool_enable_only, 0644);

static bool locked_down;

/* --- the signature --- */

/* @ms has no field that would mean something else than we think. */
static int check_header(struct load *ld, const struct module_signature *ms)
{
	static const u8 zeros[3];

	if (ms->id_type != PKEY_ID_PKCS7)
		return load_fail(ld, ENOPKG, "not signed with expected PKCS#7 message");
	if (ms->algo || ms->hash || ms->signer_len || ms->key_id_len ||
	    memcmp(ms->pad, zeros, sizeof(zeros)) != 0)
		return load_fail(ld, EBADMSG,
				 "PKCS#7 signature info has unexpected non-zero params");
	return 0;
}

/* By whom, and of what kind: can we check it at all? */
static int check_signer(struct load *ld, const struct pkcs7_signer *signer)
{
	if (!signer->is_sha256)
		return load_fail(ld, ENOPKG,
				 "its signature is of a digest %s, this kernel knows sha256",
				 signer->digest_name ?: "without a name");
	if (!signer->is_rsa)
		return load_fail(ld, ENOPKG, "its signature is of another kind than RSA");
	if (signer->has_attributes) {
		pr_warn("PKCS7: Invalid module sig (has authattrs)\n");
		return -EKEYREJECTED;
	}
	return 0;
}

static int check_one(struct load *ld, const struct pkcs7_signer *signer,
		     const u8 digest[SHA256_SIZE])
{
	const struct x509 *cert;
	struct bytes name;
	int err = check_signer(ld, signer);

	if (err)
		return err;
	cert = keyring_find(signer);
	if (!cert)
		return -ENOKEY;
	err = rsa_verify_sha256(&cert->key, digest, signer->signature);
	name = x509_name(cert->subject);
	if (err == -ENOPKG)
		return load_fail(ld, ENOPKG,
				 "the key of '%.*s' is of a size that this kernel cannot use",
				 (int)name.len, (const char *)name.data);
	if (err)
		return load_fail(ld, EKEYREJECTED,
				 "what is in the file is not what '%.*s' signed: it was changed",
				 (int)name.len, (const char *)name.data);
	return 0;
}

/* One signer that we trust is enough; when there is none, what was wrong with the last one counts. */
static int check_signers(struct load *ld, struct pkcs7 *message, const u8 digest[SHA256_SIZE])
{
	struct pkcs7_signer signer;
	int more, err = -ENOKEY;

	while ((more = pkcs7_next_signer(message, &signer)) > 0) {
		err = check_one(ld, &signer, digest);
		if (err != -ENOKEY)
			return err;
	}
	return more ?: err;
}

static int verify_pkcs7(struct load *ld, struct bytes file, struct bytes signature)
{
	u8 digest[SHA256_SIZE];
	struct pkcs7 message;
	int err = pkcs7_open(signature, &message);

	if (err)
		return load_fail(ld, EBADMSG, "its signature is damaged: it is no PKCS#7 message");
	if (!message.of_data) {
		pr_warn("PKCS7: Invalid module sig (not pkcs7-data)\n");
		return -EKEYREJECTED;
	}
	sha256(file, digest);
	return check_signers(ld, &message, digest);
}

static int verify(struct load *ld)
{
	struct bytes file = {ld->image, ld->len}, signature;
	struct module_signature ms;
	int err;

	/* Forced in, it is not what was signed: its versions are to be ignored. */
	if ((ld->flags & MODULE_INIT_FORCED) || !signature_marked(&file))
		return -ENODATA;
	if (signature_split(&file, &ms, &signature))
		return load_fail(ld, EBADMSG, "its signature is longer than the file");
	err = check_header(ld, &ms);
	if (err)
		return err;
	ld->len = file.len;
	return verify_pkcs7(ld, file, signature);
}

/* --- and what follows from it --- */

/* Why a file without a good signature has none; NULL: that is not to be forgiven. */
static const char *excuse(int err)
{
	switch (err) {
	case -ENODATA:
		return "unsigned module";
	case -ENOPKG:
		return "module with unsupported crypto";
	case -ENOKEY:
		return "module with unavailable key";
	default:
		return NULL;
	}
}

int module_sig_check(struct load *ld)
{
	int err;

	load_step(ld, STEP_SIGNATURE);
	err = verify(ld);
	ld->sig_ok = !err;
	load_tell(ld, "%s%s",
		  err ? excuse(err) ?: "a bad signature" : "a key that we trust made it",
		  !err || !excuse(err) || sig_enforce || locked_down ? "" : ": that may pass");
	if (!err || !excuse(err))
		return err;
	if (sig_enforce) {
		pr_notice("Loading of %s is rejected\n", excuse(err));
		return -EKEYREJECTED;
	}
	if (locked_down) {
		pr_notice(
			"Lockdown: %s: unsigned module loading is restricted; see man kernel_lockdown.7\n",
			ld->flags & MODULE_INIT_BY_MODPROBE ? "modprobe" : "insmod");
		return -EPERM;
	}
	return 0;
}

void signing_init(const char *cmdline)
{
	char level[16];

	keyring_init();
	if (cmdline_get(cmdline, "lockdown", level, sizeof(level)) < 0)
		return;
	locked_down = strcmp(level, "integrity") == 0 || strcmp(level, "confidentiality") == 0;
	if (locked_down)
		pr_notice("Kernel is locked down from command line; see man kernel_lockdown.7\n");
}
