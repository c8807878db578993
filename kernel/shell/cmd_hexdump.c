/* SPDX-License-Identifier: MIT */
/*
 * cmd_hexdump.c: hexdump, with the two layouts of util-linux's that people use. All files are one
 * stream: offsets go on from file to file, and a row may be of two.
 *
 * Words of the plain layout are the processor's: two bytes, the second one first.
 */
#include "shell/command.h"

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/string.h>
#include "lib/lib.h"

#define ROW 16 /* bytes in a row */

struct hexdump {
	bool canonical; /* -C */
	bool all;	/* -v: rows that repeat are printed as well */
	bool folded;	/* a `*` stands for the rows since the last one printed */
	bool any_row;	/* last[] is filled */
	u64 skip, left; /* bytes still to be passed over, and to be read after that */
	u64 at;		/* the offset behind all that was passed over or read */
	u8 row[ROW], last[ROW];
	unsigned int have;  /* bytes in row[] */
	unsigned int files; /* that could be opened */
};

/* --- one row --- */

static void print_words(struct io *io, const u8 *row, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < ROW; i += 2) {
		if (i < n)
			out(io, " %04x", row[i] | (i + 1 < n ? row[i + 1] << 8 : 0));
		else
			out(io, "     ");
	}
	out(io, "\n");
}

static void print_canonical(struct io *io, const u8 *row, unsigned int n)
{
	char text[ROW + 1];
	unsigned int i;

	for (i = 0; i < ROW; i++) {
		if (i % 8 == 0)
			out(io, " ");
		if (i < n)
			out(io, " %02x", row[i]);
		else
			out(io, "   ");
	}
	for (i = 0; i < n; i++)
		text[i] = row[i] >= ' ' && row[i] <= '~' ? (char)row[i] : '.';
	text[n] = '\0';
	out(io, "  |%s|\n", text);
}

static void print_offset(struct io *io, const struct hexdump *d, u64 offset, const char *end)
{
	out(io, d->canonical ? "%08llx%s" : "%07llx%s", offset, end);
}

static void print_row(struct io *io, struct hexdump *d)
{
	print_offset(io, d, d->at - d->have, "");
	(d->canonical ? print_canonical : print_words)(io, d->row, d->have);
}

/* A whole row that is as the one before becomes a `*`, together with all that follow it. */
static void row_full(struct io *io, struct hexdump *d)
{
	bool same = d->any_row && !d->all && memcmp(d->row, d->last, ROW) == 0;

	if (!same)
		print_row(io, d);
	else if (!d->folded)
		out(io, "*\n");
	d->folded = same;
	d->any_row = true;
	memcpy(d->last, d->row, ROW);
	d->have = 0;
}

/* --- the stream --- */

static int dump_source(struct io *io, const char *path, const struct source *source, void *data)
{
	struct hexdump *d = data;
	size_t from = min_t(u64, d->skip, source->size), n;

	(void)path;
	d->files++;
	d->skip -= from;
	d->at += from;
	while (from < source->size && d->left) {
		n = min_t(u64, min_t(u64, ROW - d->have, source->size - from), d->left);
		memcpy(d->row + d->have, source->data + from, n);
		d->have += n;
		d->at += n;
		d->left -= n;
		from += n;
		if (d->have == ROW)
			row_full(io, d);
	}
	return 0;
}

static const struct source_user dump_user = {
	.use = dump_source,
	.cannot_open = "%s: %s\n",
	.is_directory = "%s: %s\n",
	.trouble = 1,
};

/* "0x10", "010", "16", "1K", "1KiB": 0x is hexadecimal, a leading 0 octal. */
static bool size_option(struct io *io, const char *what, const char *text, u64 *value)
{
	static const char units[] = "KMGT";
	char number[24];
	size_t len = strspn(text, "0123456789abcdefABCDEFxX");
	const char *unit = strchr(units, text[len]);
	unsigned int shift = 0;

	if (text[len] && unit)
		shift = 10 * (unsigned int)(unit - units + 1);
	strscpy(number, text, min(len + 1, sizeof(number)));
	if (len && len < sizeof(number) && isdigit(*text) && unit &&
	    (!shift || !text[len + 1] || strcmp(text + len + 1, "iB") == 0) &&
	    kstrtoull(number, 0, value) == 0 && *value <= U64_MAX >> shift) {
		*value <<= shift;
		return true;
	}
	complain(io, "failed to parse %s: '%s': %s\n", what, text, errno_text(EINVAL));
	return false;
}

static bool hexdump_options(struct options *o, struct hexdump *d)
{
	int letter;

	while ((letter = option_next(o))) {
		if (letter == 'C')
			d->canonical = true;
		else if (letter == 'v')
			d->all = true;
		else if (letter == '?' ||
			 (letter == 'n' && !size_option(o->io, "length", o->arg, &d->left)) ||
			 (letter == 's' && !size_option(o->io, "offset", o->arg, &d->skip)))
			return false;
	}
	return true;
}

static int hexdump_run(struct io *io, int argc, char **argv)
{
	struct hexdump d = {.left = U64_MAX};
	struct options o;
	int status;

	options_start(&o, io, "Cn:s:v", argc, argv);
	if (!hexdump_options(&o, &d))
		return 1;
	status = each_source(&o, &dump_user, &d);
	if (!d.files && status == 1)
		complain(io, "all input file arguments failed\n");
	if (d.have)
		print_row(io, &d);
	if (d.at)
		print_offset(io, &d, d.at, "\n");
	return status;
}

const struct command cmd_hexdump = {
	.name = "hexdump",
	.usage = "[-Cv] [-n LENGTH] [-s OFFSET] [FILE]...",
	.brief = "print the bytes of files as numbers",
	.text = "Rows of 16 bytes, as words of two; a row that repeats is told by a *.\n"
		"  -C         bytes rather than words, and what they are as text\n"
		"  -n LENGTH  so many bytes\n"
		"  -s OFFSET  not from the start, but from there\n"
		"  -v         rows that repeat too\n"
		"LENGTH and OFFSET may be 0x10 or end in K, M, G.",
	.run = hexdump_run,
};
