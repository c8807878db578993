/* SPDX-License-Identifier: MIT */
/*
 * cmd_sort.c: sort. All texts are gathered into one, whose lines are then put in order; lines that
 * are equal stay in the order they came in, because their addresses tell it.
 */
#include "shell/command.h"

#include <linux/slab.h>
#include <linux/kernel.h>
#include <linux/sort.h>
#include <linux/string.h>
#include "mm/mm.h"
#include "sched/sched.h"
#include "shell/numeric.h"

#define STATUS_TROUBLE 2

static int compare_places(const struct text_line *a, const struct text_line *b)
{
	return a->start < b->start ? -1 : a->start > b->start;
}

static int compare_bytes(const struct text_line *a, const struct text_line *b)
{
	int order = memcmp(a->start, b->start, min(a->len, b->len));

	if (order || a->len == b->len)
		return order;
	return a->len < b->len ? -1 : 1;
}

static int by_text(const void *a, const void *b)
{
	int order = compare_bytes(a, b);

	return order ? order : compare_places(a, b);
}

static int compare_numbers(const struct text_line *a, const struct text_line *b)
{
	return numeric_compare(a->start, a->len, b->start, b->len);
}

/* Numbers that are equal are ordered by the rest of their lines ... */
static int by_number(const void *a, const void *b)
{
	int order = compare_numbers(a, b);

	return order ? order : by_text(a, b);
}

/* ... unless only the first of them is wanted. */
static int by_number_only(const void *a, const void *b)
{
	int order = compare_numbers(a, b);

	return order ? order : compare_places(a, b);
}

struct sort_options {
	bool reverse, numeric, unique;
};

static bool is_repeated(const struct sort_options *so, const struct text_line *lines, size_t i)
{
	if (!i || !so->unique)
		return false;
	return so->numeric ? !compare_numbers(&lines[i - 1], &lines[i])
			   : !compare_bytes(&lines[i - 1], &lines[i]);
}

static void print_sorted(struct io *io, const struct sort_options *so,
			 const struct text_line *lines, size_t count)
{
	size_t n, i;

	for (n = 0; n < count; n++) {
		i = so->reverse ? count - 1 - n : n;
		if (is_repeated(so, lines, i))
			continue;
		out_write(io, lines[i].start, lines[i].len);
		out_write(io, "\n", 1);
	}
}

static bool sort_text(struct io *io, const struct sort_options *so, const char *text, size_t size)
{
	size_t left = size, count = 0, i;
	const char *rest = text;
	struct text_line *lines, line;

	while (text_next(&rest, &left, &line))
		count++;
	if (!count)
		return true;
	lines = kmalloc(count * sizeof(*lines), GFP_KERNEL);
	if (!lines)
		return false;
	for (i = 0; i < count; i++)
		text_next(&text, &size, &lines[i]);
	sort(lines, count, sizeof(*lines),
	     !so->numeric ? by_text
	     : so->unique ? by_number_only
			  : by_number,
	     NULL);
	print_sorted(io, so, lines, count);
	kfree(lines);
	return true;
}

static int sort_gather(struct io *io, const char *path, const struct source *source, void *data)
{
	struct seq_file *all = data;

	(void)io;
	(void)path;
	if (seq_write(all, source->data, source->size))
		return STATUS_TROUBLE;
	if (source->size && source->data[source->size - 1] != '\n')
		seq_putc(all, '\n');
	return 0;
}

static int sort_run(struct io *io, int argc, char **argv)
{
	static const struct source_user user = {
		.use = sort_gather,
		.cannot_open = "cannot read: %s: %s\n",
		.is_directory = "read failed: %s: %s\n",
		.trouble = STATUS_TROUBLE,
	};
	struct sort_options so = {0};
	struct seq_file all = {0};
	struct cleanup cleanup;
	struct options o;
	int letter, status;

	options_start(&o, io, "rnu", argc, argv);
	while ((letter = option_next(&o))) {
		if (letter == '?')
			return STATUS_TROUBLE;
		*(letter == 'r' ? &so.reverse : letter == 'n' ? &so.numeric : &so.unique) = true;
	}
	cleanup_push(&cleanup, seq_cleanup, &all);
	status = each_source(&o, &user, &all);
	cleanup_pop(&cleanup);
	if (all.overflow || (!status && !sort_text(io, &so, all.buf, all.count))) {
		complain(io, "memory exhausted\n");
		status = STATUS_TROUBLE;
	}
	seq_free(&all);
	return status;
}

const struct command cmd_sort = {
	.name = "sort",
	.usage = "[-rnu] [FILE]...",
	.brief = "put lines in order",
	.text = "  -r  the other way round\n"
		"  -n  by the number that each line begins with\n"
		"  -u  of equal lines only the first",
	.run = sort_run,
};
