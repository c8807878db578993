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

static void release(void *data)
{
	const struct reasons *reasons = data;

	log_release();
	if (reasons->dry_run)
		log_aside_end();
}

void reasons_start(struct reasons *reasons, bool dry_run)
{
	reasons->dry_run = dry_run;
	cleanup_push(&reasons->cleanup, release, reasons);
	if (dry_run)
		log_aside_begin();
	log_hold();
}

/* Only a load that was tried prints when it did not fail: nobody else will. */
static void print(struct io *io, const struct log_record *record, bool failed)
{
	char stamp[LOG_STAMP_MAX];

	if (!failed) {
		out(io, "    log        would say: %s\n", record->text);
		return;
	}
	log_stamp(stamp, sizeof(stamp), record->time_ns);
	err(io, "%s%s\n", stamp, record->text);
}

void reasons_end(struct reasons *reasons, struct io *io, bool failed)
{
	static struct log_record record; /* needs no memory: that may be the reason */
	u64 seq, end = log_next_seq();

	cleanup_pop(&reasons->cleanup);
	if (!failed && !reasons->dry_run) {
		log_release();
		return;
	}
	for (seq = log_take(); seq < end && log_read(seq, &record) == 0; seq = record.seq + 1)
		print(io, &record, failed);
	if (reasons->dry_run)
		log_aside_end();
}
