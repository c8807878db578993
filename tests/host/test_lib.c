/* SPDX-License-Identifier: MIT */
/* test_lib.c: the small files of kernel/lib: errno.c, hash.c, cmdline.c. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "lib/lib.h"

#include <linux/errno.h>

#define CHECK_TEXT(name, number, text)                                                             \
	assert_string_equal(errno_text(number), strerror(number));                                 \
	assert_string_equal(errno_text(-(number)), strerror(number));

static void test_errno(void **state)
{
	(void)state;
	ERRNO_LIST(CHECK_TEXT)
	assert_string_equal(errno_text(0), "Success");
	assert_string_equal(errno_text(4000), "Unknown error");
	assert_string_equal(errno_text((int)0x80000000), "Unknown error");
}

/* From the test suite on the page that defines FNV. */
static void test_hash(void **state)
{
	(void)state;
	assert_int_equal(hash_string(""), 0x811c9dc5);
	assert_int_equal(hash_string("a"), 0xe40c292c);
	assert_int_equal(hash_string("foobar"), 0xbf9cf968);
	assert_int_equal(hash_string("\xff"), 0x7a0b824e); /* of bytes, which have no sign */
}

static void test_cmdline(void **state)
{
	char value[8];

	(void)state;
	assert_int_equal(cmdline_get("a=1 loglevel=5 b", "loglevel", value, 8), 1);
	assert_string_equal(value, "5");
	assert_int_equal(cmdline_get("x=1\tx=22\n", "x", value, 8), 2);
	assert_string_equal(value, "22");
	assert_int_equal(cmdline_get(" quiet ", "quiet", value, 8), 0);
	assert_string_equal(value, "");
	assert_int_equal(cmdline_get("x=", "x", value, 8), 0);
	assert_int_equal(cmdline_get("x=a=b", "x", value, 8), 3);
	assert_string_equal(value, "a=b");
	/* Other words that merely begin or end like it. */
	assert_int_equal(cmdline_get("xy=1 yx=2 y", "x", value, 8), -ENOENT);
	assert_int_equal(cmdline_get("", "x", value, 8), -ENOENT);
	assert_int_equal(cmdline_get("   ", "x", value, 8), -ENOENT);
	assert_int_equal(cmdline_get("=5", "", value, 8), -ENOENT);
}

static void test_cmdline_cut(void **state)
{
	char value[8];

	(void)state;
	assert_int_equal(cmdline_get("x=1234567", "x", value, 8), 7);
	assert_string_equal(value, "1234567");
	assert_int_equal(cmdline_get("x=12345678", "x", value, 8), -E2BIG);
	assert_string_equal(value, "1234567");
	value[0] = 'k';
	assert_int_equal(cmdline_get("x=1", "x", value, 0), -E2BIG);
	assert_int_equal(value[0], 'k');
}

static void test_resembles(void **state)
{
	(void)state;
	assert_true(resembles("printk", "printk", 0));
	assert_false(resembles("printk", "print", 0));
	assert_true(resembles("printk", "print", 1));
	assert_true(resembles("rintk", "printk", 1));
	assert_true(resembles("prantk", "printk", 1));
	assert_true(resembles("prinkt", "printk", 1));
	assert_false(resembles("pirnkt", "printk", 1));
	assert_true(resembles("pirnkt", "printk", 2));
	assert_true(resembles("", "ab", 2));
	assert_false(resembles("abc", "", 2));
	assert_true(resembles("", "", 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_errno),	  cmocka_unit_test(test_hash),
		cmocka_unit_test(test_cmdline),	  cmocka_unit_test(test_cmdline_cut),
		cmocka_unit_test(test_resembles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
