/* SPDX-License-Identifier: MIT */
/*
 * test_frames.c: the buddy allocator of kernel/mm/frames.c: blocks never overlap, are aligned, lie
 * in the memory that was given, and all of it comes together again.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "mm/frames.h"

#include <linux/errno.h>

#define FRAMES 5000

static const struct boot_range memory[] = {
	{0x1000, 0x9f000},
	{0x100000, 0xabc000},
	{0xc00000, FRAMES * 4096UL},
};

static void *table;
static unsigned char used[FRAMES];

/* The allocator's asserts end in the kernel's panic(); here they fail the test. */
void panic(const char *fmt, ...)
{
	fail_msg("panic: %s", fmt);
	abort();
}

static int start(void **state)
{
	(void)state;
	table = calloc(1, frames_table_size(FRAMES));
	memset(used, 1, sizeof(used));
	for (unsigned int i = 0; i < 3; i++)
		memset(used + memory[i].start / 4096, 0, (memory[i].end - memory[i].start) / 4096);
	frames_init(table, FRAMES, memory, 3);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	free(table);
	return 0;
}

static u64 frames_given(void)
{
	u64 frames = 0;

	for (unsigned int i = 0; i < 3; i++)
		frames += (memory[i].end - memory[i].start) / 4096;
	return frames;
}

static void mark(phys_addr_t p, unsigned int order, unsigned char from, unsigned char to)
{
	assert_int_equal(p % (4096UL << order), 0);
	for (unsigned long i = 0; i < 1UL << order; i++) {
		assert_true(p / 4096 + i < FRAMES);
		assert_int_equal(used[p / 4096 + i], from);
		used[p / 4096 + i] = to;
	}
}

static void single_frames_use_it_all_up(void **state)
{
	phys_addr_t frames[FRAMES], p;
	u64 n = frames_given();

	(void)state;
	assert_int_equal(frames_free_count(), n);
	assert_int_equal(frames_total_count(), n);
	for (u64 i = 0; i < n; i++) {
		assert_int_equal(frames_alloc(0, &frames[i]), 0);
		mark(frames[i], 0, 0, 1);
	}
	assert_int_equal(frames_alloc(0, &p), -ENOMEM);
	assert_int_equal(frames_free_count(), 0);
	for (u64 i = 0; i < n; i++)
		frames_free(frames[i], 0);
	assert_int_equal(frames_free_count(), n);
	/* Whole again: the largest block exists once more. */
	assert_int_equal(frames_alloc(FRAME_ORDER_MAX, &p), 0);
	frames_free(p, FRAME_ORDER_MAX);
}

static void random_blocks_never_overlap(void **state)
{
	struct {
		phys_addr_t p;
		unsigned int order;
	} held[200] = {0};
	u64 before = frames_free_count();

	(void)state;
	srandom(2);
	for (int i = 0; i < 50000; i++) {
		unsigned int at = random() % 200;

		if (held[at].p) {
			mark(held[at].p, held[at].order, 1, 0);
			frames_free(held[at].p, held[at].order);
			held[at].p = 0;
			continue;
		}
		held[at].order = random() % 6;
		if (frames_alloc(held[at].order, &held[at].p))
			held[at].p = 0;
		else
			mark(held[at].p, held[at].order, 0, 1);
	}
	for (unsigned int at = 0; at < 200; at++)
		if (held[at].p)
			frames_free(held[at].p, held[at].order);
	assert_int_equal(frames_free_count(), before);
}

static void too_large_is_refused(void **state)
{
	phys_addr_t p;

	(void)state;
	assert_int_equal(frames_alloc(FRAME_ORDER_MAX + 1, &p), -ENOMEM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(single_frames_use_it_all_up, start, stop),
		cmocka_unit_test_setup_teardown(random_blocks_never_overlap, start, stop),
		cmocka_unit_test_setup_teardown(too_large_is_refused, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
