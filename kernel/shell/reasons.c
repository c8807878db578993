/* SPDX-License-Identifier: MIT */
/*
 * reasons.c: why a module was refused, below the line that says that it was. A tool's own line has
 * only the error's number in words; the loader's lines have the reason and often the cure. They are
 * in the log as well, where Linux leaves them.
 *
 * Only what is said up to the module's first instruction: what its init prints reaches the console
 * when it is printed.
 */
#include "shell/command.h"

#include <linux/string.h>
#include "log/log.h"

static void release(void *unused)
{
	(void)unused;
	log_release();
}

void reasons_start(struct reasons *reasons)
{
	cleanup_push(&reasons->cleanup, release, NULL);
	log_hold();
}

static void print(struct io *io, const struct log_record *record)
{
	char stamp[LOG_STAMP_MAX];

	log_stamp(stamp, sizeof(stamp), record->time_ns);
	err(io, "%s%s\n", stamp, record->text);
}

void reasons_end(struct reasons *reasons, struct io *io, bool failed)
{
	static struct log_record record; /* needs no memory: that may be the reason */
	u64 seq, end = log_next_seq();

	cleanup_pop(&reasons->cleanup);
	if (!failed) {
		log_release();
		return;
	}
	for (seq = log_take(); seq < end && log_read(seq, &record) == 0; seq = record.seq + 1)
		print(io, &record);
}
