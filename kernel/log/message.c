/* SPDX-License-Identifier: MIT */
/*
 * message.c: from the text of one printk() to records in the ring and lines on the console.
 *
 * A text may hold several lines: each becomes a record. A line without a newline at its end stays
 * open, so that KERN_CONT can continue it; people see its beginning at once all the same.
 * Assumes that no other message comes in between: printk.c keeps interrupts out.
 */
#include "log/log.h"
#include "log/printer.h"
#include "log/ring.h"

#include <linux/sprintf.h>
#include <linux/string.h>

#define LOGLEVEL_DEFAULT LOGLEVEL_WARNING

int log_stamp(char *buf, size_t size, u64 time_ns)
{
	return scnprintf(buf, size, "[%5llu.%06llu] ", time_ns / 1000000000,
			 time_ns / 1000 % 1000000);
}

/* One line, or the part of it up to the end of the message, without its newline. */
static void print_line(struct message_log *log, u8 level, const char *text, size_t len)
{
	char stamp[LOG_STAMP_MAX];
	int stamp_len;

	ring_append(log->ring, level, log->now, text, len);
	log->last_level = level;
	if (level >= log->console_level)
		return;
	stamp_len = log_stamp(stamp, sizeof(stamp), log->now);
	console_log(stamp, (size_t)stamp_len, text, len);
}

static void continue_line(struct message_log *log, const char *text, size_t len)
{
	ring_extend(log->ring, text, len);
	if (log->last_level < log->console_level)
		console_log_more(text, len);
}

static void end_line(struct message_log *log)
{
	log->line_open = false;
	if (log->last_level < log->console_level)
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
