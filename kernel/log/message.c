/* SPDX-License-Identifier: MIT */
/*
 * message.c: from the text of one printk() to records in the ring and lines on the console.
 *
 * A text may hold several lines: each becomes a record. A line without a newline at its end stays
 * open, so that KERN_CONT can continue it; people see its beginning at once all the same. Messages
 * may be held back from the console; the ring has them in any case.
 * Assumes that no other message comes in between: printk.c keeps interrupts out.
 */
#include "log/log.h"
#include "log/printer.h"
#include "log/ring.h"

#include <linux/sprintf.h>
#include <linux/string.h>

#define LOGLEVEL_DEFAULT CONFIG_MESSAGE_LOGLEVEL_DEFAULT

int log_stamp(char *buf, size_t size, u64 time_ns)
{
	return scnprintf(buf, size, "[%5llu.%06llu] ", time_ns / 1000000000,
			 time_ns / 1000 % 1000000);
}

int console_stamp(char *buf, size_t size, u64 time_ns)
{
	return IS_ENABLED(CONFIG_PRINTK_TIME) ? log_stamp(buf, size, time_ns) : 0;
}

/* --- holding back --- */

#define HELD_MOST (RING_WHOLE / 2) /* of the ring: far from dropping any of it */

static bool console_wants(const struct message_log *log, u8 level)
{
	return !log->held && level < log->console_level;
}

static void show_line(u64 time_ns, const char *text, size_t len)
{
	char stamp[LOG_STAMP_MAX];
	int stamp_len = console_stamp(stamp, sizeof(stamp), time_ns);

	console_log(stamp, (size_t)stamp_len, text, len);
}

void message_hold(struct message_log *log)
{
	log->held = true;
	log->held_from = log->ring->next;
}

void message_release(struct message_log *log)
{
	static struct log_record record; /* too large for a stack */
	u64 seq = log->held_from;

	if (!log->held)
		return;
	log->held = false;
	while (ring_read(log->ring, seq, &record) == 0) {
		seq = record.seq + 1;
		if (record.level >= log->console_level)
			continue;
		show_line(record.time_ns, record.text, record.len);
		if (seq < log->ring->next || !log->line_open)
			console_log_end();
	}
}

/* --- lines --- */

/* One line, or the part of it up to the end of the message, without its newline. */
static void print_line(struct message_log *log, u8 level, const char *text, size_t len)
{
	if (log->held && ring_share(log->ring, log->held_from, len) > HELD_MOST)
		message_release(log);
	ring_append(log->ring, level, log->now, text, len);
	log->last_level = level;
	if (console_wants(log, level))
		show_line(log->now, text, len);
}

static void continue_line(struct message_log *log, const char *text, size_t len)
{
	ring_extend(log->ring, text, len);
	if (console_wants(log, log->last_level))
		console_log_more(text, len);
}

static void end_line(struct message_log *log)
{
	log->line_open = false;
	if (console_wants(log, log->last_level))
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

static void print_lines(struct message_log *log, const char *text, u8 level, bool cont)
{
	while (*text || cont) {
		size_t len = strcspn(text, "\n");

		if (cont)
			continue_line(log, text, len);
		else
			print_line(log, level, text, len);
		log->line_open = true;
		text += len;
		if (!*text)
			return;
		end_line(log);
		text++;
		cont = false;
	}
}

size_t message_print(struct message_log *log, const char *message)
{
	struct prefix prefix;
	const char *text = read_prefix(message, &prefix);
	u8 level = prefix.level < 0 ? LOGLEVEL_DEFAULT : (u8)prefix.level;

	print_lines(log, text, level, prefix.cont && log->line_open);
	return strlen(text);
}
