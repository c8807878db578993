/* SPDX-License-Identifier: MIT */
/*
 * printk.c: the kernel log: from a format to records in the ring and, when they are urgent enough,
 * to lines on the console.
 *
 * A call may hold several lines: each becomes a record. A line without a newline at its end stays
 * open, so that KERN_CONT can continue it; people see its beginning at once all the same.
 * Everything happens with interrupts off, so printk() may be called from anywhere.
 */
#include "log/log.h"
#include "log/ring.h"
#include "log/printer.h"
#include "cpu/cpu.h"
#include "dev/dev.h"
#include "lib/lib.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kstrtox.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#define RECORDS_MAX	       2048 /* LOG_RING_SIZE is enough for as many records of 32 characters */
#define LOGLEVEL_DEFAULT       LOGLEVEL_WARNING
#define CONSOLE_LOGLEVEL_QUIET 4

static char ring_text[LOG_RING_SIZE];
static struct ring_slot ring_slots[RECORDS_MAX];

static struct log_ring ring = {
	.text = ring_text,
	.text_size = LOG_RING_SIZE,
	.slots = ring_slots,
	.slot_count = RECORDS_MAX,
};

static int console_level = CONSOLE_LOGLEVEL;
static u64 first_shown; /* what dmesg starts with */
static u8 last_level;	/* of the newest record */
static bool line_open;	/* and whether KERN_CONT may continue it */

int log_stamp(char *buf, size_t size, u64 time_ns)
{
	return scnprintf(buf, size, "[%5llu.%06llu] ", time_ns / 1000000000,
			 time_ns / 1000 % 1000000);
}

/* One line, or the part of it up to the end of the message, without its newline. */
static void print_line(u8 level, const char *text, size_t len)
{
	char stamp[32];
	u64 now = time_ns();

	ring_append(&ring, level, now, text, len);
	last_level = level;
	if (level < console_level)
		console_log(stamp, (size_t)log_stamp(stamp, sizeof(stamp), now), text, len);
}

static void continue_line(const char *text, size_t len)
{
	ring_extend(&ring, text, len);
	if (last_level < console_level)
		console_log_more(text, len);
}

static void end_line(void)
{
	line_open = false;
	if (last_level < console_level)
		console_log_end();
}

/* What KERN_... says at the start of a message. */
struct prefix {
	int level; /* -1: none given */
	bool cont;
};

static const char *read_prefix(const char *s, struct prefix *prefix)
{
	*prefix = (struct prefix){.level = -1};
	for (; s[0] == KERN_SOH_ASCII; s += 2) {
		if (s[1] >= '0' && s[1] <= '7')
			prefix->level = s[1] - '0';
		else if (s[1] == 'c')
			prefix->cont = true;
		else
			return s;
	}
	return s;
}

static void print_message(const char *text, const struct prefix *prefix)
{
	u8 level = prefix->level < 0 ? LOGLEVEL_DEFAULT : (u8)prefix->level;
	bool cont = prefix->cont && line_open;

	while (*text || cont) {
		size_t len = strcspn(text, "\n");

		if (cont)
			continue_line(text, len);
		else
			print_line(level, text, len);
		line_open = true;
		text += len;
		if (!*text)
			return;
		end_line();
		text++;
		cont = false;
	}
}

int vprintk(const char *fmt, va_list args)
{
	/* Too large for the stacks that traps run on; interrupts are off while it is in use. */
	static char buf[LOG_LINE_MAX];
	unsigned long flags = irq_save();
	struct prefix prefix;
	const char *text;
	int len;

	len = vscnprintf(buf, sizeof(buf), fmt, args);
	text = read_prefix(buf, &prefix);
	print_message(text, &prefix);
	len -= (int)(text - buf);
	irq_restore(flags);
	return len;
}
EXPORT_SYMBOL(vprintk);

int printk(const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vprintk(fmt, args);
	va_end(args);
	return len;
}
EXPORT_SYMBOL(printk);

int log_read(u64 seq, struct log_record *record)
{
	unsigned long flags = irq_save();
	int err = ring_read(&ring, seq, record);

	irq_restore(flags);
	return err;
}

u64 log_next_seq(void)
{
	return ring.next;
}

void log_clear(void)
{
	first_shown = ring.next;
}

u64 log_first_seq(void)
{
	return first_shown > ring.first ? first_shown : ring.first;
}

int console_loglevel(void)
{
	return console_level;
}

int console_set_loglevel(int level)
{
	if (level < 1 || level > CONSOLE_LOGLEVEL_ALL)
		return -EINVAL;
	console_level = level;
	return 0;
}

void console_verbose(void)
{
	console_level = CONSOLE_LOGLEVEL_ALL;
}

void log_init(const char *cmdline)
{
	char value[16];
	int level, err;

	if (cmdline_get(cmdline, "quiet", value, sizeof(value)) == 0)
		console_level = CONSOLE_LOGLEVEL_QUIET;
	err = cmdline_get(cmdline, "loglevel", value, sizeof(value));
	if (err == -ENOENT)
		return;
	if (err < 0 || kstrtoint(value, 10, &level) || console_set_loglevel(level))
		pr_warn("loglevel=%s: expected a number from 1 to %d; it stays %d\n", value,
			CONSOLE_LOGLEVEL_ALL, console_level);
}
