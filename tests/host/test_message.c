/* SPDX-License-Identifier: MIT */
/* test_message.c: kernel/log/message.c: what reaches the ring, and what people see of it when. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "log/printer.h"
#include "log/ring.h"

#include <linux/errno.h>

static char text[4096];
static struct ring_slot slots[64];
static struct log_ring ring;
static struct message_log log_state;
static char screen[4096]; /* all that the console was given; "|" ends a line */

/* In place of console.c. */
void console_log(const char *stamp, size_t stamp_len, const char *s, size_t len)
{
	strncat(screen, stamp, stamp_len);
	strncat(screen, s, len);
}

void console_log_more(const char *s, size_t len)
{
	strncat(screen, s, len);
}

void console_log_end(void)
{
	strncat(screen, "|", 1);
}

static int reset(void **state)
{
	(void)state;
	ring = (struct log_ring){.text = text, .text_size = 4096, .slots = slots, .slot_count = 64};
	log_state = (struct message_log){.ring = &ring, .now = 1234567891, .console_level = 7};
	screen[0] = '\0';
	return 0;
}

#define STAMP "[    1.234567] "

static void expect_record(u64 seq, unsigned int level, const char *expected)
{
	struct log_record record;

	assert_int_equal(ring_read(&ring, seq, &record), 0);
	assert_int_equal(record.seq, seq);
	assert_int_equal(record.level, level);
	assert_string_equal(record.text, expected);
}

static void expect_count(u64 count)
{
	assert_int_equal(ring.next, count);
}

static void test_levels(void **state)
{
	(void)state;
	assert_int_equal(message_print(&log_state, KERN_ERR "bad\n"), 4);
	assert_int_equal(message_print(&log_state, "plain\n"), 6);
	assert_int_equal(message_print(&log_state, KERN_DEBUG "detail\n"), 7);
	expect_record(0, 3, "bad");
	expect_record(1, 4, "plain");
	expect_record(2, 7, "detail");
	expect_count(3);
	assert_string_equal(screen, STAMP "bad|" STAMP "plain|");
}

/* What only looks like a level is text. */
static void test_no_level(void **state)
{
	(void)state;
	message_print(&log_state, KERN_SOH "8x\n");
	message_print(&log_state, KERN_SOH);
	expect_record(0, 4, KERN_SOH "8x");
	expect_record(1, 4, KERN_SOH);
	expect_count(2);
}

static void test_several_lines(void **state)
{
	(void)state;
	message_print(&log_state, KERN_INFO "one\n\ntwo\nthree");
	expect_record(0, 6, "one");
	expect_record(1, 6, "");
	expect_record(2, 6, "two");
	expect_record(3, 6, "three");
	expect_count(4);
	assert_string_equal(screen, STAMP "one|" STAMP "|" STAMP "two|" STAMP "three");
}

static void test_continuation(void **state)
{
	(void)state;
	message_print(&log_state, KERN_INFO "a");
	assert_string_equal(screen, STAMP "a");
	message_print(&log_state, KERN_CONT "b");
	message_print(&log_state, KERN_CONT "");
	message_print(&log_state, KERN_CONT "c\nnext\n");
	expect_record(0, 6, "abc");
	/* Its second line is a message of its own, and no level was given for it. */
	expect_record(1, 4, "next");
	expect_count(2);
	assert_string_equal(screen, STAMP "abc|" STAMP "next|");
}

/* A line whose beginning is not shown is not shown later either. */
static void test_hidden_continuation(void **state)
{
	(void)state;
	message_print(&log_state, KERN_DEBUG "a");
	message_print(&log_state, KERN_CONT "b\n");
	expect_record(0, 7, "ab");
	expect_count(1);
	assert_string_equal(screen, "");
}

static void test_nothing_to_continue(void **state)
{
	(void)state;
	message_print(&log_state, KERN_CONT "first\n");
	message_print(&log_state, KERN_INFO "done\n");
	message_print(&log_state, KERN_CONT "late\n");
	expect_record(0, 4, "first");
	expect_record(1, 6, "done");
	expect_record(2, 4, "late");
	/* A message that is no continuation begins a record, open line or not. */
	message_print(&log_state, KERN_INFO "open");
	message_print(&log_state, KERN_INFO "other\n");
	expect_record(3, 6, "open");
	expect_record(4, 6, "other");
	expect_count(5);
}

static void test_nothing(void **state)
{
	(void)state;
	assert_int_equal(message_print(&log_state, ""), 0);
	assert_int_equal(message_print(&log_state, KERN_INFO), 0);
	expect_count(0);
	assert_string_equal(screen, "");
	assert_int_equal(message_print(&log_state, KERN_INFO "\n"), 1);
	expect_record(0, 6, "");
	assert_string_equal(screen, STAMP "|");
}

static void test_stamp(void **state)
{
	char buf[32];

	(void)state;
	assert_int_equal(log_stamp(buf, sizeof(buf), 0), 15);
	assert_string_equal(buf, "[    0.000000] ");
	log_stamp(buf, sizeof(buf), 98765999999999ULL);
	assert_string_equal(buf, "[98765.999999] ");
	log_stamp(buf, sizeof(buf), 1234567000000999ULL);
	assert_string_equal(buf, "[1234567.000000] ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_levels, reset),
		cmocka_unit_test_setup(test_no_level, reset),
		cmocka_unit_test_setup(test_several_lines, reset),
		cmocka_unit_test_setup(test_continuation, reset),
		cmocka_unit_test_setup(test_hidden_continuation, reset),
		cmocka_unit_test_setup(test_nothing_to_continue, reset),
		cmocka_unit_test_setup(test_nothing, reset),
		cmocka_unit_test(test_stamp),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
