/* SPDX-License-Identifier: MIT */
/* cmd_log.c: dmesg, as util-linux has it. */
#include "shell/command.h"

#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "lib/lib.h"
#include "log/log.h"

#define STAMP_MAX 32

static const char *const level_names[] = {"emerg", "alert",  "crit", "err",
					  "warn",  "notice", "info", "debug"};

/* Everybody may read the log, but what is in it and where it is shown is root's. */
static bool may_change(struct io *io, const char *what)
{
	if (capable(CAP_SYSLOG))
		return true;
	complain(io, "%s failed: %s\n", what, errno_text(EPERM));
	return false;
}

/* "err" lets messages up to err through: the level is one more. Numbers are taken as they are. */
static int set_level(struct io *io, const char *text)
{
	unsigned int i;
	int level = 0;

	for (i = 0; i < ARRAY_SIZE(level_names); i++)
		if (strcmp(text, level_names[i]) == 0)
			level = (int)i + 1;
	if (!level && kstrtoint(text, 10, &level))
		level = 0;
	if (level && !may_change(io, "klogctl"))
		return 1;
	if (console_set_loglevel(level)) {
		complain(io, "unknown level '%s'\n", text);
		return 1;
	}
	return 0;
}

static int print_log(struct io *io)
{
	struct log_record *record = kmalloc(sizeof(*record), GFP_KERNEL);
	char stamp[STAMP_MAX];
	u64 seq = log_first_seq(), end = log_next_seq();

	if (!record) {
		complain(io, "out of memory\n");
		return 1;
	}
	while (seq < end && log_read(seq, record) == 0) {
		log_stamp(stamp, sizeof(stamp), record->time_ns);
		out(io, "%s%s\n", stamp, record->text);
		seq = record->seq + 1;
	}
	kfree(record);
	return 0;
}

static int dmesg_run(struct io *io, int argc, char **argv)
{
	bool print = true, clear = false;
	struct options o;
	int letter, status = 0;

	options_start(&o, io, "cCn:", argc, argv);
	while ((letter = option_next(&o))) {
		switch (letter) {
		case 'C':
			print = false;
			clear = true;
			break;
		case 'c':
			clear = true;
			break;
		case 'n':
			if (set_level(io, o.arg))
				return 1;
			print = false;
			break;
		default:
			return 1;
		}
	}
	if (o.operands) {
		complain(io, "bad usage\n");
		return bad_usage(io);
	}
	if (print)
		status = print_log(io);
	if (clear && !may_change(io, print ? "read kernel buffer" : "clear kernel buffer"))
		return 1;
	if (clear)
		log_clear();
	return status;
}

const struct command cmd_dmesg = {
	.name = "dmesg",
	.usage = "[-cC] [-n LEVEL]",
	.brief = "print the kernel's log",
	.text = "  -c  and clear it\n"
		"  -C  clear it, print nothing\n"
		"  -n  let messages up to LEVEL reach the console: 1 to 8, or\n"
		"      emerg alert crit err warn notice info debug",
	.run = dmesg_run,
};
