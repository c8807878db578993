/* SPDX-License-Identifier: MIT */
/*
 * log.h: the kernel's log and its last words. printk() itself is promised to modules:
 * include/linux/printk.h.
 */
#ifndef KOAN_LOG_H
#define KOAN_LOG_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/panic.h>
#include <linux/printk.h>

struct trap_frame;

/* --- printk.c --- */

#define LOG_RING_SIZE (1 << CONFIG_LOG_BUF_SHIFT) /* bytes of messages kept */
#define LOG_LINE_MAX  1024			  /* bytes of one message; longer ones are cut */
/* Messages below this level reach the console, unless told. */
#define CONSOLE_LOGLEVEL CONFIG_CONSOLE_LOGLEVEL_DEFAULT

/* One message of the ring, copied out. */
struct log_record {
	u64 seq;     /* counts from 0 and is never used twice */
	u64 time_ns; /* since boot */
	u8 level;
	u16 len;
	char text[LOG_LINE_MAX]; /* NUL-terminated, no newline at its end */
};

/*
 * Obeys "quiet", "loglevel=N" and "oops=panic" of the kernel command line; a bad N is told in one
 * line.
 */
void log_init(const char *cmdline);
/*
 * Copies the oldest record whose number is at least @seq. Returns 0, or -ENOENT when there is none
 * (yet). Walk the log with seq = record.seq + 1.
 */
__must_check int log_read(u64 seq, struct log_record *record);
/* The number the next message will get. */
u64 log_next_seq(void);
/* `dmesg -c`: what is in the ring now is not shown by `dmesg` any more. */
void log_clear(void);
/* The first record that `dmesg` shows. */
u64 log_first_seq(void);

/*
 * From now on messages only go into the ring: whoever prints about the same thing wants to put them
 * where they belong. Ends by one of the two below, or by itself when the ring is about to drop what
 * was held back, or bad news is coming.
 */
void log_hold(void);
/* What was held back is shown on the console, if its level lets it. */
void log_release(void);
/* It is left to the caller: the number of the first message; they go up to log_next_seq(). */
u64 log_take(void);

/*
 * Who only tries something out keeps its messages apart: from now on they go into a small log of
 * their own, which all of the above then means, and dmesg never shows them. What interrupts say
 * goes into the log as ever. An oops ends it.
 */
void log_aside_begin(void);
/* What is still held back is forgotten. */
void log_aside_end(void);

int console_loglevel(void);
/* 1 to 8: messages with a level below it reach the console. -EINVAL for anything else. */
__must_check int console_set_loglevel(int level);
#define LOG_STAMP_MAX 32
/* message.c: writes "[    0.123456] " for @time_ns; returns the length. */
int log_stamp(char *buf, size_t size, u64 time_ns);

/* --- console.c: where text for people goes --- */

/* To the serial line and to each console that a driver registered (linux/console.h). */
void console_write(const char *s, size_t len);
struct module;
/* @owner, which is called @name, goes: consoles that it has left registered are taken away. */
void console_forget(const struct module *owner, const char *name);

/* --- taint.c --- */

void add_taint(unsigned int bit);
unsigned long get_taint(void);
bool test_taint(unsigned int bit);
/* "Tainted: P O" or "Not tainted". */
const char *print_tainted(void);

/* --- oops.c --- */

/*
 * The handler of traps that nothing else handles: reports an exception, and then kills the task
 * that caused it, or panics.
 */
void oops_trap(struct trap_frame *frame);
/* @kill ends the running task and does not return; without one to kill it does. */
void oops_set_killer(void (*kill)(void));
/* Not 0: every oops is a panic. "oops=panic" on the kernel command line; /proc/sys/kernel. */
extern int panic_on_oops;

/* --- panic.c, backtrace.c --- */

/* Prints "Call Trace:" and a line a caller, from the frame pointer @rbp on; @rip (or 0) first. */
void backtrace_print(unsigned long rip, unsigned long rbp);
/* printk's "Modules linked in:" line comes from the loader, which is above us. */
void panic_set_module_printer(void (*print)(void));

#endif
