/* SPDX-License-Identifier: MIT */
/*
 * test_sha256.c: kernel/crypto/sha256.c against NIST's examples for FIPS 180-4, and against openssl for
 * every length around the edges of blocks.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "openssl.h"
#include "libc.h"

#define LENGTHS 260 /* four blocks and a bit */

static void to_hex(char *hex, const u8 digest[SHA256_SIZE])
{
	for (int i = 0; i < SHA256_SIZE; i++)
		sprintf(hex + 2 * i, "%02x", digest[i]);
}

static void check(const void *message, size_t len, const char *expected)
{
	u8 *copy = malloc(len), digest[SHA256_SIZE];
	char hex[2 * SHA256_SIZE + 1];

	memcpy(copy, message, len);
	sha256((struct bytes){copy, len}, digest);
	to_hex(hex, digest);
	assert_string_equal(hex, expected);
	free(copy);
}

/* csrc.nist.gov, "Examples with Intermediate Values", and FIPS 180-2, B.3. */
static void test_nist(void **state)
{
	static const char two[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
	static const char more[] = "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
				   "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";
	static char million[1000000];

	(void)state;
	memset(million, 'a', sizeof(million));
	check("", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	check("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	check(two, strlen(two), "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	check(more, strlen(more),
	      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
	check(million, sizeof(million),
	      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void test_openssl_agrees(void **state)
{
	unsigned long long random = 1;
	char line[256], hex[65], name[32];
	u8 message[LENGTHS];
	int number, count = 0;
	FILE *file;

	(void)state;
	for (size_t i = 0; i < sizeof(message); i++)
		message[i] = (u8)next_random(&random);
	for (size_t len = 0; len < LENGTHS; len++) {
		sprintf(name, "m%zu", len);
		write_file(name, message, len);
	}
	shell("openssl dgst -sha256 -r m* >digests");
	file = open_in_folder("digests", "r");
	for (; fgets(line, sizeof(line), file); count++) {
		assert_int_equal(sscanf(line, "%64s *m%d", hex, &number), 2);
		check(message, number, hex);
	}
	fclose(file);
	assert_int_equal(count, LENGTHS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nist),
		cmocka_unit_test(test_openssl_agrees),
	};

	return cmocka_run_group_tests(tests, openssl_setup, openssl_teardown);
}
