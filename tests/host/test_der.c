/* SPDX-License-Identifier: MIT */
/*
 * test_der.c: kernel/crypto/der.c: the examples and rules of X.690, written by hand, on exactly as much
 * heap as they need.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <linux/errno.h>

#include "crypto/der.h"

static struct bytes heap(const void *data, size_t len)
{
	u8 *copy = malloc(len);

	memcpy(copy, data, len);
	return (struct bytes){copy, len};
}

/* The element at the start of `data` is refused, and `in` stays as it was. */
static void refused(const void *data, size_t len)
{
	struct bytes all = heap(data, len), in = all, contents;
	u8 tag;

	assert_int_equal(der_take_any(&in, &tag, &contents), -EBADMSG);
	assert_ptr_equal(in.data, all.data);
	assert_int_equal(in.len, all.len);
	free((void *)all.data);
}

#define REFUSED(bytes) refused(bytes, sizeof(bytes) - 1)

/* An element of so many bytes, behind the length octets given, with one byte after it. */
static void taken(const void *length, size_t length_len, size_t len)
{
	u8 *data = calloc(1, 1 + length_len + len + 1);
	struct bytes in = {data, 1 + length_len + len + 1}, contents;

	data[0] = DER_OCTET_STRING;
	memcpy(data + 1, length, length_len);
	assert_int_equal(der_take(&in, DER_OCTET_STRING, &contents), 0);
	assert_int_equal(contents.len, len);
	assert_ptr_equal(contents.data, data + 1 + length_len);
	assert_int_equal(in.len, 1);
	assert_ptr_equal(in.data, data + 1 + length_len + len);
	free(data);
}

#define TAKEN(length, len) taken(length, sizeof(length) - 1, len)

/* 8.1.3.4, 8.1.3.5 and the example there: L = 201 is 81 c9. */
static void test_lengths(void **state)
{
	(void)state;
	TAKEN("\x00", 0);
	TAKEN("\x7f", 127);
	TAKEN("\x81\x80", 128);
	TAKEN("\x81\xc9", 201);
	TAKEN("\x81\xff", 255);
	TAKEN("\x82\x01\x00", 256);
	TAKEN("\x83\x01\x00\x00", 65536);
	TAKEN("\x84\x01\x00\x00\x00", 1 << 24);
}

/* 10.1: the shortest form, and never the indefinite one. */
static void test_lengths_that_are_not_der(void **state)
{
	(void)state;
	REFUSED("\x04\x81\x01x");
	REFUSED("\x04\x81\x7f");
	REFUSED("\x04\x82\x00\x01x");
	REFUSED("\x30\x80\x00\x00");
	REFUSED("\x04\x85\x00\x00\x00\x00\x01x");
	REFUSED("\x04\x88\xff\xff\xff\xff\xff\xff\xff\xff");
	REFUSED("\x04\xff");
}

static void test_ends_too_soon(void **state)
{
	(void)state;
	REFUSED("");
	REFUSED("\x04");
	REFUSED("\x04\x01");
	REFUSED("\x04\x05"
		"1234");
	REFUSED("\x04\x82\x01");
	REFUSED("\x04\x84\xff\xff\xff\xff");
}

/* 8.1.2.4: a number that does not fit into the first byte. */
static void test_long_tags(void **state)
{
	(void)state;
	REFUSED("\x1f\x01\x00");
	REFUSED("\xbf\x81\x01\x00");
}

static void test_by_tag(void **state)
{
	struct bytes all = heap("\x02\x01\x05\x30\x03\x04\x01x", 8), in = all, contents, inner;

	(void)state;
	assert_true(der_is(in, DER_INTEGER));
	assert_int_equal(der_skip(&in, DER_SEQUENCE), -EBADMSG);
	assert_int_equal(der_skip_optional(&in, DER_CONTEXT_MADE_OF(0)), 0);
	assert_ptr_equal(in.data, all.data);
	assert_int_equal(der_take(&in, DER_INTEGER, &contents), 0);
	assert_true(bytes_equal(contents, (struct bytes){(const u8 *)"\5", 1}));
	inner = in;
	assert_int_equal(der_take_whole(&inner, DER_SEQUENCE, &contents), 0);
	assert_ptr_equal(contents.data, all.data + 3);
	assert_int_equal(contents.len, 5);
	assert_int_equal(der_take(&in, DER_SEQUENCE, &contents), 0);
	assert_int_equal(in.len, 0);
	assert_false(der_is(in, DER_SEQUENCE));
	assert_int_equal(der_take(&contents, DER_OCTET_STRING, &inner), 0);
	assert_memory_equal(inner.data, "x", 1);
	free((void *)all.data);
}

/* RFC 5280, 4.1.1.2: with parameters (NULL) and without. */
static void test_algorithm(void **state)
{
	static const char rsa[] = "\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00"
				  "\x30\x0b\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01"
				  "\x30\x02\x05\x00";
	struct bytes all = heap(rsa, sizeof(rsa) - 1), in = all, oid;

	(void)state;
	assert_int_equal(der_take_algorithm(&in, &oid), 0);
	assert_true(DER_OID_IS(oid, OID_RSA_ENCRYPTION));
	assert_false(DER_OID_IS(oid, OID_SHA256_RSA));
	assert_int_equal(der_take_algorithm(&in, &oid), 0);
	assert_true(DER_OID_IS(oid, OID_NIST_DIGEST(1)));
	assert_int_equal(der_take_algorithm(&in, &oid), -EBADMSG);
	free((void *)all.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_lengths_that_are_not_der),
		cmocka_unit_test(test_ends_too_soon),
		cmocka_unit_test(test_long_tags),
		cmocka_unit_test(test_by_tag),
		cmocka_unit_test(test_algorithm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
