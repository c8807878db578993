/* SPDX-License-Identifier: MIT */
/*
 * machine_world.h: what is below the shell and the file tree, on this machine: a console that is a
 * buffer, a heap that can be told to fail, a clock, tasks, a log of two lines.
 */
#ifndef TESTS_HOST_MACHINE_WORLD_H
#define TESTS_HOST_MACHINE_WORLD_H

#include <linux/errno.h>
#include <linux/slab.h>

#include "cpu/cpu.h"
#include "dev/dev.h"
#include "fs/proc.h"
#include "log/log.h"
#include "mm/mm.h"
#include "sched/sched.h"
#include "shell/line.h"

/* --- the console --- */

static char screen[1 << 20];
static size_t screen_len;

void console_write(const char *s, size_t len)
{
	assert_true(screen_len + len < sizeof(screen));
	memcpy(screen + screen_len, s, len);
	screen_len += len;
	screen[screen_len] = '\0';
}

/* Lines that a command reads, one after the other; then the end. */
static const char *const *typed;

int console_read_line(const char *prompt, const char **text)
{
	assert_string_equal(prompt, "");
	if (!typed || !*typed)
		return LINE_END;
	*text = *typed++;
	return strcmp(*text, "^C") == 0 ? LINE_CANCEL : LINE_DONE;
}

/* --- the heap --- */

static long live_blocks; /* handed out and not given back */
static long fail_at;	 /* the number of the allocation that fails; 0: none */
static long allocations;

void *kmalloc(size_t size, gfp_t flags)
{
	void *p;

	if (++allocations == fail_at)
		return NULL;
	p = malloc(size ? size : 1);
	assert_non_null(p);
	memset(p, flags & __GFP_ZERO ? 0 : 0xa5, size);
	live_blocks++;
	return p;
}

void *kzalloc(size_t size, gfp_t flags)
{
	return kmalloc(size, flags | __GFP_ZERO);
}

void *krealloc(void *old, size_t size, gfp_t flags)
{
	void *p;

	(void)flags;
	if (++allocations == fail_at)
		return NULL;
	p = realloc(old, size);
	assert_non_null(p);
	live_blocks += !old;
	return p;
}

void kfree(const void *p)
{
	live_blocks -= p != NULL;
	free((void *)p);
}

char *kstrdup(const char *s, gfp_t flags)
{
	char *copy = kmalloc(strlen(s) + 1, flags);

	return copy ? memcpy(copy, s, strlen(s) + 1) : NULL;
}

void mm_count(struct mm_counts *counts)
{
	*counts = (struct mm_counts){.total_frames = 32768,
				     .free_frames = 16384,
				     .heap_bytes = 1025,
				     .heap_objects = 3,
				     .big_pages = 2,
				     .module_pages = 6};
}

/* proc_devices.c is left out: it tells of the hardware. */
int proc_interrupts_show(struct seq_file *m)
{
	(void)m;
	return 0;
}

int proc_ioports_show(struct seq_file *m)
{
	(void)m;
	return 0;
}

int proc_iomem_show(struct seq_file *m)
{
	(void)m;
	return 0;
}

struct boot_info boot_info = {.cmdline = "loglevel=4"};

/* There is always enough of the stack. */
bool stack_range(unsigned long sp, unsigned long *start, unsigned long *end)
{
	(void)sp;
	*start = *end = 0;
	return false;
}

/* --- time, the end --- */

static u64 now_ns;

u64 time_ns(void)
{
	return now_ns;
}

/* The machine is the process; a test that wants to live on runs the line in a child. */
#define REBOOTED 200

void machine_poweroff(u8 status)
{
	_exit(status);
}

void machine_reboot(void)
{
	_exit(REBOOTED);
}

void panic(const char *fmt, ...)
{
	fail_msg("panic: %s", fmt);
	abort();
}

int panic_on_oops;

/* --- tasks: as kernel/sched/task.c, whose way to go back is the processor's --- */

static jmp_buf task_start;
static struct cleanup *cleanups; /* last pushed first */

bool task_run(int (*fn)(void *data), void *data, int *result)
{
	struct cleanup *outer = cleanups;
	jmp_buf before;
	bool alive;

	memcpy(&before, &task_start, sizeof(before));
	cleanups = NULL;
	alive = !setjmp(task_start);
	if (alive) {
		*result = fn(data);
		assert_null(cleanups);
	}
	cleanups = outer;
	memcpy(&task_start, &before, sizeof(before));
	return alive;
}

void task_kill(void)
{
	struct cleanup *cleanup;

	while (cleanups) {
		cleanup = cleanups;
		cleanups = cleanup->outer;
		cleanup->fn(cleanup->data);
	}
	longjmp(task_start, 1);
}

void cleanup_push(struct cleanup *cleanup, void (*fn)(void *data), void *data)
{
	*cleanup = (struct cleanup){.outer = cleanups, .fn = fn, .data = data};
	cleanups = cleanup;
}

void cleanup_pop(struct cleanup *cleanup)
{
	assert_ptr_equal(cleanups, cleanup);
	cleanups = cleanup->outer;
}

/* --- the log --- */

static int level = CONSOLE_LOGLEVEL;
static u64 first_seq;
static char warnings[4096]; /* printk() while the test runs */

int log_read(u64 seq, struct log_record *record)
{
	if (seq > 1)
		return -ENOENT;
	*record = (struct log_record){.seq = seq, .time_ns = seq * 1500000000};
	strcpy(record->text, seq ? "second" : "first");
	return 0;
}

u64 log_next_seq(void)
{
	return 2;
}

/* Of the two messages the second comes from the load. */
static bool held;

void log_hold(void)
{
	held = true;
}

void log_release(void)
{
	held = false;
}

u64 log_take(void)
{
	held = false;
	return 1;
}

static bool is_aside;

void log_aside_begin(void)
{
	is_aside = true;
}

void log_aside_end(void)
{
	is_aside = false;
}

void log_clear(void)
{
	first_seq = 2;
}

u64 log_first_seq(void)
{
	return first_seq;
}

int log_stamp(char *buf, size_t size, u64 ns)
{
	return snprintf(buf, size, "[%5llu.%06llu] ", ns / 1000000000, ns / 1000 % 1000000);
}

int console_set_loglevel(int wanted)
{
	if (wanted < 1 || wanted > 8)
		return -EINVAL;
	level = wanted;
	return 0;
}

void dump_stack(void)
{
}

int printk(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(warnings + strlen(warnings), sizeof(warnings) - strlen(warnings), fmt, args);
	va_end(args);
	return 0;
}

#endif
