/* SPDX-License-Identifier: MIT */
/*
 * test_pkcs7.c: kernel/crypto/pkcs7.c, x509.c and keyring.c, and kernel/module/signature.c: messages and
 * certificates that openssl makes; cut off at every byte, and with every byte changed: then they
 * may be refused, but no byte outside of them is read, and nobody else's signature becomes good.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <linux/errno.h>

#include "module/signature.h"
#include "openssl.h"

#define KEY "-newkey rsa:2048"

static void sign(const char *key, const char *options)
{
	shell("printf 'the file' >file");
	shell("openssl cms -sign -binary -outform DER -in file -inkey %s.pem -signer %s.crt %s -out p7",
	      key, key, options);
}

#define AS_LINUX "-noattr -nocerts -md sha256"

/* Whether `message` says that the owner of `cert` signed "the file"; or the error. */
static int judge(struct bytes message, const struct x509 *cert)
{
	struct pkcs7_signer signer;
	struct pkcs7 opened;
	u8 digest[SHA256_SIZE];
	int more, err = pkcs7_open(message, &opened);

	if (err)
		return err;
	sha256((struct bytes){(const u8 *)"the file", 8}, digest);
	while ((more = pkcs7_next_signer(&opened, &signer)) > 0) {
		if (signer.is_sha256 && signer.is_rsa && !signer.has_attributes && opened.of_data &&
		    bytes_equal(signer.issuer, cert->issuer) &&
		    bytes_equal(signer.serial, cert->serial))
			return rsa_verify_sha256(&cert->key, digest, signer.signature);
	}
	return more ?: -ENOKEY;
}

static struct bytes certificate(const char *file, struct x509 *cert)
{
	struct bytes all = read_file(file), in = all;

	assert_int_equal(x509_take(&in, cert), 0);
	assert_int_equal(in.len, 0);
	return all;
}

static void assert_text(struct bytes bytes, const char *text)
{
	assert_int_equal(bytes.len, strlen(text));
	assert_memory_equal(bytes.data, text, bytes.len);
}

/* Upper-case hexadecimal digits without leading zeros, as openssl prints numbers. */
static void assert_number(struct bytes bytes, const char *prefix, const char *file)
{
	struct bytes said = read_file(file);
	char *hex = malloc(strlen(prefix) + 2 * bytes.len + 2),
	     *p = hex + sprintf(hex, "%s", prefix);
	size_t i = 0;

	while (i < bytes.len && !bytes.data[i])
		i++;
	for (; i < bytes.len; i++)
		p += sprintf(p, "%02X", bytes.data[i]);
	strcpy(p, "\n");
	assert_text(said, hex);
	free(hex);
	free_bytes(said);
}

static void test_certificate(void **state)
{
	struct x509 cert;
	struct bytes all, id;
	char hex[64], *p = hex;

	(void)state;
	make_key("c", "/O=Somebody/CN=Name of the key/OU=Elsewhere",
		 KEY " -set_serial 0x8123456789");
	all = certificate("c.der", &cert);
	assert_text(x509_name(cert.subject), "Name of the key");
	assert_true(bytes_equal(cert.issuer, cert.subject));
	shell("openssl x509 -in c.crt -noout -serial >serial");
	assert_number(cert.serial, "serial=", "serial");
	shell("openssl x509 -in c.crt -noout -modulus >modulus");
	assert_number(cert.key.modulus, "Modulus=", "modulus");
	assert_memory_equal(cert.key.exponent.data, "\1\0\1", cert.key.exponent.len);
	shell("openssl x509 -in c.crt -noout -ext subjectKeyIdentifier | tail -n 1 | tr -d ' :\\n' >id");
	for (size_t i = 0; i < cert.key_id.len; i++)
		p += sprintf(p, "%02X", cert.key_id.data[i]);
	id = read_file("id");
	assert_text(id, hex);
	free_bytes(id);
	free_bytes(all);
}

/* No extensions, no name; kmod takes the last part of a name that has no CN. */
static void test_odd_certificates(void **state)
{
	struct x509 cert;
	struct bytes all, in;

	(void)state;
	shell("openssl req -new -nodes " KEY " -subj /O=Only/OU=Unit -keyout v1.pem -out v1.csr");
	shell("openssl x509 -req -in v1.csr -signkey v1.pem -days 2 -outform DER -out v1.der");
	all = certificate("v1.der", &cert);
	assert_text(x509_name(cert.subject), "Unit");
	assert_int_equal(cert.key_id.len, 0);
	free_bytes(all);
	assert_int_equal(x509_name((struct bytes){(const u8 *)"\x30\x00", 2}).len, 0);
	assert_int_equal(x509_name((struct bytes){(const u8 *)"\x30\x01", 2}).len, 0);

	make_key("ec", "/CN=Curve", "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1");
	in = all = read_file("ec.der");
	assert_int_equal(x509_take(&in, &cert), -ENOPKG);
	assert_int_equal(in.len, 0); /* the next one can be read */
	free_bytes(all);
}

static void test_as_linux_signs(void **state)
{
	struct x509 mine, other;
	struct bytes a, b, message;

	(void)state;
	make_key("mine", "/CN=Mine", KEY);
	make_key("other", "/CN=Other", KEY);
	a = certificate("mine.der", &mine);
	b = certificate("other.der", &other);
	sign("mine", AS_LINUX);
	message = read_file("p7");
	assert_int_equal(judge(message, &mine), 0);
	assert_int_equal(judge(message, &other), -ENOKEY);
	free_bytes(message);
	/* Two signers: the second is found, too. */
	sign("other", AS_LINUX " -inkey mine.pem -signer mine.crt");
	message = read_file("p7");
	assert_int_equal(judge(message, &mine), 0);
	assert_int_equal(judge(message, &other), 0);
	free_bytes(message);
	/* Certificates that come along change nothing. */
	sign("mine", "-noattr -md sha256 -certfile other.crt");
	message = read_file("p7");
	assert_int_equal(judge(message, &mine), 0);
	free_bytes(message);
	free_bytes(a);
	free_bytes(b);
}

static struct pkcs7_signer only_signer(const char *key, const char *options, struct bytes *message,
				       struct pkcs7 *opened)
{
	struct pkcs7_signer signer, none;

	sign(key, options);
	*message = read_file("p7");
	assert_int_equal(pkcs7_open(*message, opened), 0);
	assert_int_equal(pkcs7_next_signer(opened, &signer), 1);
	assert_int_equal(pkcs7_next_signer(opened, &none), 0);
	return signer;
}

static void test_other_kinds(void **state)
{
	static const char *const digests[] = {"md5",	"sha1",	  "rmd160",
					      "sha224", "sha384", "sha512"};
	struct pkcs7_signer signer;
	struct bytes message, all;
	struct pkcs7 opened;
	char words[64];
	struct x509 cert;

	(void)state;
	make_key("k", "/CN=Kinds", KEY);
	all = certificate("k.der", &cert);
	for (int i = 0; i < 6; i++) {
		sprintf(words, "-noattr -nocerts -md %s", digests[i]);
		signer = only_signer("k", words, &message, &opened);
		assert_string_equal(signer.digest_name, digests[i]);
		assert_false(signer.is_sha256);
		free_bytes(message);
	}
	signer = only_signer("k", "-noattr -nocerts -md sha3-256", &message, &opened);
	assert_null(signer.digest_name);
	free_bytes(message);
	signer = only_signer("k", "-nocerts -md sha256", &message, &opened);
	assert_true(signer.has_attributes && signer.is_sha256 && signer.is_rsa);
	free_bytes(message);
	signer = only_signer("k", AS_LINUX " -keyid", &message, &opened);
	assert_true(opened.of_data && signer.key_id.len && !signer.issuer.len);
	assert_true(bytes_equal(signer.key_id, cert.key_id));
	free_bytes(message);
	(void)only_signer("k", AS_LINUX " -nodetach", &message, &opened);
	assert_false(opened.of_data);
	free_bytes(message);
	(void)only_signer("k", AS_LINUX " -econtent_type 1.2.3.4", &message, &opened);
	assert_false(opened.of_data);
	free_bytes(message);
	make_key("ec", "/CN=Curve", "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1");
	signer = only_signer("ec", AS_LINUX, &message, &opened);
	assert_true(signer.is_sha256 && !signer.is_rsa);
	free_bytes(message);
	free_bytes(all);
}

/* Every prefix, and every byte changed in several ways, each on exactly as much heap as it has. */
static void test_damaged(void **state)
{
	struct bytes all, message, copy, in;
	struct x509 cert, read;
	int err, good = 0;

	(void)state;
	make_key("d", "/CN=Damaged", KEY);
	all = certificate("d.der", &cert);
	sign("d", AS_LINUX);
	message = read_file("p7");
	for (size_t len = 0; len < message.len; len++) {
		copy = (struct bytes){memcpy(malloc(len), message.data, len), len};
		assert_int_equal(judge(copy, &cert), -EBADMSG);
		free_bytes(copy);
	}
	for (size_t i = 0; i < message.len * 4; i++) {
		copy = (struct bytes){memcpy(malloc(message.len), message.data, message.len),
				      message.len};
		((u8 *)copy.data)[i / 4] ^= 1 << (i % 4 * 2 + i / 4 % 2);
		err = judge(copy, &cert);
		/* Versions, and parameters of algorithms, mean nothing; all else counts. */
		assert_true(err <= 0);
		good += err == 0;
		free_bytes(copy);
	}
	assert_in_range(good, 0, 4 * 20);
	for (size_t len = 0; len < all.len; len++) {
		in = copy = (struct bytes){memcpy(malloc(len), all.data, len), len};
		assert_int_equal(x509_take(&in, &read), -EBADMSG);
		free_bytes(copy);
	}
	for (size_t i = 0; i < all.len; i++) {
		in = copy = (struct bytes){memcpy(malloc(all.len), all.data, all.len), all.len};
		((u8 *)copy.data)[i] ^= 1 << i % 8;
		if (x509_take(&in, &read) == 0)
			(void)x509_name(read.subject);
		free_bytes(copy);
	}
	free_bytes(message);
	free_bytes(all);
}

static void test_more_than_one_message(void **state)
{
	struct bytes message;
	struct pkcs7 opened;
	u8 *longer;

	(void)state;
	make_key("more", "/CN=More", KEY);
	sign("more", AS_LINUX);
	message = read_file("p7");
	longer = calloc(1, message.len + 1);
	memcpy(longer, message.data, message.len);
	assert_int_equal(pkcs7_open((struct bytes){longer, message.len + 1}, &opened), -EBADMSG);
	free(longer);
	free_bytes(message);
	/* A message of another kind. */
	shell("openssl cms -digest_create -in file -outform DER -out p7");
	message = read_file("p7");
	assert_int_equal(pkcs7_open(message, &opened), -EBADMSG);
	free_bytes(message);
}

/* --- the end of a file --- */

static int split(const char *file, size_t len, struct bytes *rest, struct bytes *pkcs7)
{
	struct module_signature ms;

	*rest = (struct bytes){(const u8 *)file, len};
	if (!signature_marked(rest))
		return 1;
	return signature_split(rest, &ms, pkcs7);
}

#define HEADER(length) "\0\0\2\0\0\0\0\0\0\0\0" length
#define FILE_OF(text)  text, sizeof(text) - 1

static void test_end_of_file(void **state)
{
	struct bytes rest, pkcs7;

	(void)state;
	assert_int_equal(split(FILE_OF("ELFsig" HEADER("\3") MODULE_SIG_STRING), &rest, &pkcs7), 0);
	assert_text(rest, "ELF");
	assert_text(pkcs7, "sig");
	/* Another text, none, or nothing else. */
	assert_int_equal(split(FILE_OF("ELF~Module signature appended~ "), &rest, &pkcs7), 1);
	assert_int_equal(split(FILE_OF("ELF"), &rest, &pkcs7), 1);
	assert_int_equal(split(FILE_OF(""), &rest, &pkcs7), 1);
	assert_int_equal(split(FILE_OF(MODULE_SIG_STRING), &rest, &pkcs7), 1);
	/* Cut off: no whole header, no signature, or nothing that is signed. */
	assert_int_equal(split(FILE_OF("ELF" MODULE_SIG_STRING), &rest, &pkcs7), -EBADMSG);
	assert_int_equal(split(FILE_OF(HEADER("\0") MODULE_SIG_STRING), &rest, &pkcs7), -EBADMSG);
	assert_int_equal(split(FILE_OF("sig" HEADER("\3") MODULE_SIG_STRING), &rest, &pkcs7),
			 -EBADMSG);
	assert_int_equal(split(FILE_OF("ELFsig" HEADER("\7") MODULE_SIG_STRING), &rest, &pkcs7),
			 -EBADMSG);
	assert_int_equal(split(FILE_OF("ELFsig\0\0\2\0\0\0\0\0\xff\xff\xff\xff" MODULE_SIG_STRING),
			       &rest, &pkcs7),
			 -EBADMSG);
	assert_int_equal(split(FILE_OF("E" HEADER("\0") MODULE_SIG_STRING), &rest, &pkcs7), 0);
	assert_text(rest, "E");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_certificate),    cmocka_unit_test(test_odd_certificates),
		cmocka_unit_test(test_as_linux_signs), cmocka_unit_test(test_other_kinds),
		cmocka_unit_test(test_damaged),	       cmocka_unit_test(test_more_than_one_message),
		cmocka_unit_test(test_end_of_file),
	};

	return cmocka_run_group_tests(tests, openssl_setup, openssl_teardown);
}
