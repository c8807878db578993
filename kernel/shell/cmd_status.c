/* SPDX-License-Identifier: MIT */
/* cmd_status.c: true, false, clear, free, uptime. */
#include "shell/command.h"

#include <linux/kernel.h>
#include "dev/dev.h"
#include "mm/mm.h"

/* --- true, false --- */

static int true_run(struct io *io, int argc, char **argv)
{
	(void)io;
	(void)argc;
	(void)argv;
	return 0;
}

const struct command cmd_true = {
	.name = "true",
	.usage = "",
	.brief = "do nothing, successfully",
	.text = "The exit status is 0.",
	.run = true_run,
	.plain = true,
};

static int false_run(struct io *io, int argc, char **argv)
{
	(void)io;
	(void)argc;
	(void)argv;
	return 1;
}

const struct command cmd_false = {
	.name = "false",
	.usage = "",
	.brief = "do nothing, unsuccessfully",
	.text = "The exit status is 1.",
	.run = false_run,
	.plain = true,
};

/* --- clear --- */

static int clear_run(struct io *io, int argc, char **argv)
{
	(void)argc;
	(void)argv;
	out(io, "\033[H\033[2J\033[3J");
	return 0;
}

const struct command cmd_clear = {
	.name = "clear",
	.usage = "",
	.brief = "clear the screen",
	.text = "And what has scrolled off it. At the prompt, Ctrl-L does it too.",
	.run = clear_run,
};

/* --- free --- */

static int free_run(struct io *io, int argc, char **argv)
{
	struct mm_counts c;
	unsigned int shift = 10; /* KiB */
	struct options o;
	u64 total, free;
	int letter;

	options_start(&o, io, "bkm", argc, argv);
	while ((letter = option_next(&o))) {
		if (letter == '?')
			return 1;
		shift = letter == 'b' ? 0 : letter == 'k' ? 10 : 20;
	}
	mm_count(&c);
	total = c.total_frames * PAGE_SIZE >> shift;
	free = c.free_frames * PAGE_SIZE >> shift;
	out(io, "%9s%11s %11s %11s %11s %11s %11s\n", "", "total", "used", "free", "shared",
	    "buff/cache", "available");
	out(io, "%-9s%11llu %11llu %11llu %11d %11d %11llu\n", "Mem:", total, total - free, free, 0,
	    0, free);
	out(io, "%-9s%11d %11d %11d\n", "Swap:", 0, 0, 0);
	return 0;
}

const struct command cmd_free = {
	.name = "free",
	.usage = "[-bkm]",
	.brief = "tell how much memory is free",
	.text = "In KiB (-k), bytes (-b) or MiB (-m). Exact counts are in /proc/meminfo.",
	.run = free_run,
};

/* --- uptime --- */

#define NS_PER_SECOND 1000000000ULL

static void print_unit(struct io *io, u64 n, const char *unit, bool *first)
{
	if (!n)
		return;
	out(io, "%s %llu %s%s", *first ? "" : ",", n, unit, n == 1 ? "" : "s");
	*first = false;
}

static int uptime_run(struct io *io, int argc, char **argv)
{
	u64 seconds = time_ns() / NS_PER_SECOND;
	bool first = true;

	(void)argc;
	(void)argv;
	out(io, "up");
	print_unit(io, seconds / 86400, "day", &first);
	print_unit(io, seconds / 3600 % 24, "hour", &first);
	print_unit(io, seconds / 60 % 60, "minute", &first);
	if (first || seconds % 60)
		out(io, "%s %llu second%s", first ? "" : ",", seconds % 60,
		    seconds % 60 == 1 ? "" : "s");
	out(io, "\n");
	return 0;
}

const struct command cmd_uptime = {
	.name = "uptime",
	.usage = "",
	.brief = "tell how long the machine has been running",
	.text = "Since the kernel's first instruction. /proc/uptime has it in seconds.",
	.run = uptime_run,
};
