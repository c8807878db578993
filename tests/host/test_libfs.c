/* SPDX-License-Identifier: MIT */
/* test_libfs.c: kernel/fs/libfs.c: files that are a buffer, and places in files. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include <linux/errno.h>
#include <linux/fs.h>

static void test_buffers(void **state)
{
	char text[16] = "0123456789", out[16] = "";
	loff_t pos = 0;

	(void)state;
	assert_int_equal(simple_read_from_buffer(out, 4, &pos, text, 10), 4);
	assert_int_equal(simple_read_from_buffer(out + 4, 99, &pos, text, 10), 6);
	assert_string_equal(out, "0123456789");
	assert_int_equal(simple_read_from_buffer(out, 4, &pos, text, 10), 0);
	pos = -1;
	assert_int_equal(simple_read_from_buffer(out, 4, &pos, text, 10), -EINVAL);
	pos = 8;
	assert_int_equal(simple_write_to_buffer(text, 10, &pos, "abcdef", 6), 2);
	assert_string_equal(text, "01234567ab");
	assert_int_equal(simple_write_to_buffer(text, 10, &pos, "abcdef", 6), 0);
}

static void test_lseek(void **state)
{
	struct inode inode = {.i_size = 100};
	struct file file = {.f_pos = 10, .f_inode = &inode};

	(void)state;
	assert_int_equal(default_llseek(&file, 5, SEEK_SET), 5);
	assert_int_equal(default_llseek(&file, -3, SEEK_CUR), 2);
	assert_int_equal(default_llseek(&file, -1, SEEK_END), 99);
	assert_int_equal(default_llseek(&file, -100, SEEK_CUR), -EINVAL);
	assert_int_equal(default_llseek(&file, 0, 7), -EINVAL);
	assert_int_equal(noop_llseek(&file, 5, SEEK_SET), 99);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_buffers),
		cmocka_unit_test(test_lseek),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
