/* SPDX-License-Identifier: MIT */
/*
 * printer.h: what the files of kernel/log tell each other and nobody else.
 */
#ifndef KOAN_LOG_PRINTER_H
#define KOAN_LOG_PRINTER_H

#include <linux/types.h>
#include <linux/compiler.h>

struct log_ring;
struct trap_frame;

#define CONSOLE_LOGLEVEL_ALL 8 /* every message reaches the console */

/* --- printk.c --- */

/* From now on everything reaches the console: bad news has nowhere else to be read. */
void console_verbose(void);

/* --- message.c --- */

/* The state of the log between two messages. */
struct message_log {
	struct log_ring *ring;
	u64 now;	   /* the time of the message, since boot */
	int console_level; /* messages with a level below it reach the console */
	u8 last_level;	   /* of the newest record */
	bool line_open;	   /* KERN_CONT may continue it */
	bool held;	   /* the console gets nothing for now */
	u64 held_from;	   /* the first record that it did not get */
};

/* Logs one formatted message; returns its length without the level in front. */
size_t message_print(struct message_log *log, const char *message);
/* The console gets no more messages, and then those it did not get. */
void message_hold(struct message_log *log);
void message_release(struct message_log *log);

/* As log_stamp(), for the console: nothing without CONFIG_PRINTK_TIME. */
int console_stamp(char *buf, size_t size, u64 time_ns);

/* --- console.c: lines of the log, for people; interrupts are off --- */

/* Begins a line, after ending one that is still open. */
void console_log(const char *stamp, size_t stamp_len, const char *text, size_t len);
/* Continues it. */
void console_log_more(const char *text, size_t len);
/* Ends it. */
void console_log_end(void);

/* --- oops.c --- */

/* Bits of a page fault's error code: SDM 3A, 4.7. */
#define PF_PRESENT 0x01
#define PF_WRITE   0x02
#define PF_USER	   0x04
#define PF_RSVD	   0x08
#define PF_FETCH   0x10

/* Prints everything that is known about an exception. */
void oops_report(const struct trap_frame *frame);

/* --- backtrace.c --- */

/* "Call Trace:" for what was interrupted at @frame. */
void backtrace_print_frame(const struct trap_frame *frame);

/* --- panic.c --- */

/*
 * For trouble while trouble is being told: one line straight to the serial port, past everything
 * that may be broken, and the end.
 */
__noreturn void panic_now(const char *reason);
/* "CPU: 0 Not tainted 0.1.0": what a report about the whole machine begins with. */
void panic_print_machine(void);
/* The "Modules linked in:" line, when the loader has told how. */
void panic_print_modules(void);

#endif
