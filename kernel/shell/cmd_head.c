/* SPDX-License-Identifier: MIT */
/* cmd_head.c: head and tail: one end of a text. */
#include "shell/command.h"

#include <linux/ctype.h>
#include <linux/kernel.h>
#include <linux/string.h>

#define DEFAULT_LINES 10

struct part {
	bool bytes;	 /* -c: the number counts bytes, not lines */
	bool from_start; /* tail -n +N */
	u64 number;
	bool headers, first;
	/* Where the part begins (tail) or ends (head). */
	size_t (*cut)(const struct part *part, const char *text, size_t size);
	bool is_tail;
};

/* Behind the first @n lines. */
static size_t after_lines(const char *text, size_t size, u64 n)
{
	const char *rest = text;
	struct text_line line;
	size_t left = size;

	while (n && text_next(&rest, &left, &line))
		n--;
	return size - left;
}

/* Before the last @n lines. */
static size_t before_lines(const char *text, size_t size, u64 n)
{
	size_t at = size;

	if (!n || !size)
		return size;
	/* A newline at the very end ends the last line and begins none. */
	for (at = size - 1; at > 0; at--)
		if (text[at - 1] == '\n' && !--n)
			return at;
	return 0;
}

static size_t head_cut(const struct part *part, const char *text, size_t size)
{
	if (part->bytes)
		return (size_t)min_t(u64, part->number, size);
	return after_lines(text, size, part->number);
}

static size_t tail_cut(const struct part *part, const char *text, size_t size)
{
	u64 skip = part->number ? part->number - 1 : 0; /* +1 is the first */

	if (part->from_start)
		return part->bytes ? (size_t)min_t(u64, skip, size) : after_lines(text, size, skip);
	if (part->bytes)
		return size - (size_t)min_t(u64, part->number, size);
	return before_lines(text, size, part->number);
}

static int part_print(struct io *io, const char *path, const struct source *source, void *data)
{
	struct part *part = data;
	size_t cut = part->cut(part, source->data, source->size);

	if (part->headers)
		out(io, "%s==> %s <==\n", part->first ? "" : "\n",
		    strcmp(path, "-") == 0 ? "standard input" : path);
	part->first = false;
	if (part->is_tail)
		out_write(io, source->data + cut, source->size - cut);
	else
		out_write(io, source->data, cut);
	return 0;
}

/* -n 5, -c 5, -5; tail also -n +5. */
static bool part_options(struct part *part, struct options *o)
{
	bool digits = false;
	int letter;

	while ((letter = option_next(o))) {
		if (letter == '?')
			return false;
		if (isdigit(letter)) {
			part->number = (digits ? part->number * 10 : 0) + (u64)(letter - '0');
			digits = true;
			continue;
		}
		part->bytes = letter == 'c';
		part->from_start = part->is_tail && *o->arg == '+';
		if (!option_number(o->io, part->bytes ? "number of bytes" : "number of lines",
				   o->arg + part->from_start, &part->number))
			return false;
	}
	return true;
}

static int part_run(struct part *part, struct io *io, int argc, char **argv)
{
	static const struct source_user user = {
		.use = part_print,
		.cannot_open = "cannot open '%s' for reading: %s\n",
		.is_directory = "error reading '%s': %s\n",
		.trouble = 1,
	};
	struct options o;

	part->number = DEFAULT_LINES;
	part->first = true;
	options_start(&o, io, "n:c:0123456789", argc, argv);
	if (!part_options(part, &o))
		return 1;
	part->headers = o.operands > 1;
	return each_source(&o, &user, part);
}

static int head_run(struct io *io, int argc, char **argv)
{
	struct part part = {.cut = head_cut};

	return part_run(&part, io, argc, argv);
}

const struct command cmd_head = {
	.name = "head",
	.usage = "[-n LINES | -c BYTES] [FILE]...",
	.brief = "print the beginning of files",
	.text = "Ten lines, unless -n, -c or -NUMBER says otherwise.",
	.run = head_run,
};

static int tail_run(struct io *io, int argc, char **argv)
{
	struct part part = {.cut = tail_cut, .is_tail = true};

	return part_run(&part, io, argc, argv);
}

const struct command cmd_tail = {
	.name = "tail",
	.usage = "[-n [+]LINES | -c [+]BYTES] [FILE]...",
	.brief = "print the end of files",
	.text = "Ten lines, unless -n, -c or -NUMBER says otherwise. With a +, from that\n"
		"line (or byte) on.",
	.run = tail_run,
};
