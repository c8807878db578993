/* SPDX-License-Identifier: MIT */
/*
 * printk.c: the kernel log. Keeps its one ring and what the console shows of it; message.c knows
 * what a message is made of. Everything happens with interrupts off, so printk() may be called
 * from anywhere.
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

#define RECORDS_MAX (LOG_RING_SIZE / 32) /* the ring is enough for as many of 32 characters */

static char ring_text[LOG_RING_SIZE];
static struct ring_slot ring_slots[RECORDS_MAX];

static struct log_ring ring = {
	.text = ring_text,
	.text_size = LOG_RING_SIZE,
	.slots = ring_slots,
	.slot_count = RECORDS_MAX,
};

static struct message_log log = {
	.ring = &ring,
	.console_level = CONSOLE_LOGLEVEL,
};

static u64 first_shown; /* what dmesg starts with */

/* --- a log beside the log --- */

#define ASIDE_SIZE    (16 << 10)
#define ASIDE_RECORDS (ASIDE_SIZE / 32)

static char aside_text[ASIDE_SIZE];
static struct ring_slot aside_slots[ASIDE_RECORDS];
static struct log_ring aside_ring;
static struct message_log aside;
static bool is_aside;

/* Interrupts go on as ever, and what they say belongs into the log. */
static struct message_log *running(void)
{
	return is_aside && !in_interrupt() ? &aside : &log;
}

void log_aside_begin(void)
{
	aside_ring = (struct log_ring){
		.text = aside_text,
		.text_size = ASIDE_SIZE,
		.slots = aside_slots,
		.slot_count = ASIDE_RECORDS,
	};
	aside = (struct message_log){.ring = &aside_ring, .console_level = log.console_level};
	is_aside = true;
}

void log_aside_end(void)
{
	is_aside = false;
}

/* --- the log --- */

int vprintk(const char *fmt, va_list args)
{
	/* Too large for the stacks that traps run on; interrupts are off while it is in use. */
	static char message[LOG_LINE_MAX];
	unsigned long flags = irq_save();
	struct message_log *to = running();
	size_t len;

	vscnprintf(message, sizeof(message), fmt, args);
	to->now = time_ns();
	len = message_print(to, message);
	irq_restore(flags);
	return (int)len;
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
	int err = ring_read(running()->ring, seq, record);

	irq_restore(flags);
	return err;
}

u64 log_next_seq(void)
{
	return running()->ring->next;
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
	return log.console_level;
}

int console_set_loglevel(int level)
{
	if (level < 1 || level > CONSOLE_LOGLEVEL_ALL)
		return -EINVAL;
	log.console_level = level;
	return 0;
}

void log_hold(void)
{
	unsigned long flags = irq_save();

	message_release(running());
	message_hold(running());
	irq_restore(flags);
}

void log_release(void)
{
	unsigned long flags = irq_save();

	message_release(running());
	irq_restore(flags);
}

u64 log_take(void)
{
	unsigned long flags = irq_save();
	struct message_log *from = running();
	u64 first = from->held ? from->held_from : from->ring->next;

	from->held = false;
	irq_restore(flags);
	return first;
}

void console_verbose(void)
{
	log_release();
	log_aside_end();
	log_release();
	log.console_level = CONSOLE_LOGLEVEL_ALL;
}

void log_init(const char *cmdline)
{
	char value[16];
	int level, err;

	if (cmdline_get(cmdline, "oops", value, sizeof(value)) >= 0)
		panic_on_oops = strcmp(value, "panic") == 0;
	if (cmdline_get(cmdline, "quiet", value, sizeof(value)) == 0)
		log.console_level = CONFIG_CONSOLE_LOGLEVEL_QUIET;
	err = cmdline_get(cmdline, "loglevel", value, sizeof(value));
	if (err == -ENOENT)
		return;
	if (err < 0 || kstrtoint(value, 10, &level) || console_set_loglevel(level))
		pr_warn("loglevel=%s: expected a number from 1 to %d; it stays %d\n", value,
			CONSOLE_LOGLEVEL_ALL, log.console_level);
}
