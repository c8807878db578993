/* SPDX-License-Identifier: MIT */
/* test_ring.c: kernel/log/ring.c against a list that never forgets. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "log/ring.h"

#include <linux/errno.h>

#include "libc.h"

#define TEXT  4096
#define SLOTS 64
#define MOST  5000

static unsigned long long seed = 1;

static char text[TEXT];
static struct ring_slot slots[SLOTS];
static struct log_ring ring;

static int reset(void **state)
{
	(void)state;
	ring = (struct log_ring){
		.text = text, .text_size = TEXT, .slots = slots, .slot_count = SLOTS};
	return 0;
}

static void add(const char *s)
{
	ring_append(&ring, 6, 1000 * ring.next, s, strlen(s));
}

static void test_empty(void **state)
{
	struct log_record record;

	(void)state;
	assert_int_equal(ring_read(&ring, 0, &record), -ENOENT);
	add("");
	assert_int_equal(ring_read(&ring, 0, &record), 0);
	assert_int_equal(record.len, 0);
	assert_string_equal(record.text, "");
	assert_int_equal(ring_read(&ring, 1, &record), -ENOENT);
}

static void test_fields(void **state)
{
	struct log_record record;

	(void)state;
	ring_append(&ring, 3, 123456789, "first", 5);
	ring_append(&ring, 7, 223456789, "second", 3);
	assert_int_equal(ring_read(&ring, 0, &record), 0);
	assert_int_equal(record.seq, 0);
	assert_int_equal(record.level, 3);
	assert_int_equal(record.time_ns, 123456789);
	assert_int_equal(record.len, 5);
	assert_string_equal(record.text, "first");
	assert_int_equal(ring_read(&ring, 1, &record), 0);
	assert_int_equal(record.seq, 1);
	assert_int_equal(record.level, 7);
	assert_string_equal(record.text, "sec");
}

static void test_too_long(void **state)
{
	static char line[2 * LOG_LINE_MAX];
	struct log_record record;

	(void)state;
	memset(line, 'x', sizeof(line));
	ring_append(&ring, 6, 0, line, sizeof(line));
	assert_int_equal(ring_read(&ring, 0, &record), 0);
	assert_int_equal(record.len, LOG_LINE_MAX - 1);
	assert_int_equal(strlen(record.text), LOG_LINE_MAX - 1);
	/* Nor can it grow longer bit by bit. */
	ring_extend(&ring, "y", 1);
	assert_int_equal(ring_read(&ring, 0, &record), 0);
	assert_int_equal(record.len, LOG_LINE_MAX - 1);
	add("begin");
	for (int i = 0; i < 100; i++)
		ring_extend(&ring, line, 100);
	assert_int_equal(ring_read(&ring, 1, &record), 0);
	assert_int_equal(record.len, LOG_LINE_MAX - 1);
	assert_memory_equal(record.text, "beginxxx", 8);
}

/* When slots run out, and when text does: the oldest go, in order, and no more than needed. */
static void test_oldest_go(void **state)
{
	struct log_record record;
	char line[101];

	(void)state;
	for (int i = 0; i < 2 * SLOTS; i++)
		add("short");
	assert_int_equal(ring.next - ring.first, SLOTS);
	assert_int_equal(ring_read(&ring, 0, &record), 0);
	assert_int_equal(record.seq, SLOTS);
	memset(line, 'x', 100);
	line[100] = '\0';
	for (int i = 0; i < SLOTS; i++)
		add(line);
	assert_int_equal(ring.next - ring.first, TEXT / 100);
}

/* Random lengths and continuations: what is still in the ring equals what was written. */
static void test_random(void **state)
{
	static char written[MOST][LOG_LINE_MAX];
	struct log_record record;
	size_t kept;

	(void)state;
	for (size_t i = 0; i < MOST; i++) {
		size_t len = next_random(&seed) % (i % 7 ? 60 : LOG_LINE_MAX);

		for (size_t k = 0; k < len; k++)
			written[i][k] = (char)('a' + (i + k) % 26);
		ring_append(&ring, i % 8, i, written[i], len);
		if (i % 3 == 0 && len < LOG_LINE_MAX - 6) {
			memcpy(written[i] + len, "extra", 5);
			ring_extend(&ring, "extra", 5);
		}
		kept = 0;
		for (u64 seq = 0; !ring_read(&ring, seq, &record); seq = record.seq + 1, kept++) {
			assert_string_equal(record.text, written[record.seq]);
			assert_int_equal(record.len, strlen(written[record.seq]));
			assert_int_equal(record.level, record.seq % 8);
		}
		assert_int_equal(record.seq, i);
		assert_true(kept >= (i < 3 ? i + 1 : 3));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_empty, reset),
		cmocka_unit_test_setup(test_fields, reset),
		cmocka_unit_test_setup(test_too_long, reset),
		cmocka_unit_test_setup(test_oldest_go, reset),
		cmocka_unit_test_setup(test_random, reset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
