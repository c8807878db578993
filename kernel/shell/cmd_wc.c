/* SPDX-License-Identifier: MIT */
/* cmd_wc.c: wc, with the column widths of GNU's. */
#include "shell/command.h"

#include <linux/ctype.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "shell/columns.h"

enum { LINES, WORDS, BYTES, COUNTS };

#define WIDTH_UNKNOWN 7 /* what GNU takes when it cannot know the sizes beforehand */

struct wc {
	bool wanted[COUNTS];
	unsigned int width;
	u64 total[COUNTS];
	bool named; /* files were named, so each row ends with a name */
};

static void print_row(struct io *io, const struct wc *wc, const u64 *count, const char *name)
{
	bool first = true;
	unsigned int i;

	for (i = 0; i < COUNTS; i++) {
		if (!wc->wanted[i])
			continue;
		out(io, "%s%*llu", first ? "" : " ", (int)wc->width, count[i]);
		first = false;
	}
	out(io, name ? " %s\n" : "\n", name);
}

static int wc_source(struct io *io, const char *path, const struct source *source, void *data)
{
	u64 count[COUNTS] = {0};
	bool in_word = false;
	struct wc *wc = data;
	size_t i;

	for (i = 0; i < source->size; i++) {
		bool space = isspace(source->data[i]);

		count[LINES] += source->data[i] == '\n';
		count[WORDS] += !space && !in_word;
		in_word = !space;
	}
	count[BYTES] = source->size;
	for (i = 0; i < COUNTS; i++)
		wc->total[i] += count[i];
	print_row(io, wc, count, wc->named ? path : NULL);
	return 0;
}

/* As many digits as all bytes together need; one number alone is not padded. */
static unsigned int row_width(const struct options *o, bool single)
{
	unsigned int least = 1;
	struct node *node;
	u64 bytes = 0;
	int i;

	if (single && o->operands <= 1)
		return 1;
	if (!o->operands)
		return o->io->is_file ? digits_of(o->io->input_len) : WIDTH_UNKNOWN;
	for (i = 1; i <= o->operands; i++) {
		if (strcmp(o->argv[i], "-") == 0 && !o->io->is_file)
			return WIDTH_UNKNOWN;
		if (path_lookup(o->argv[i], &node))
			continue;
		if (S_ISDIR(node->mode))
			least = WIDTH_UNKNOWN;
		else
			bytes += node->size;
	}
	return max(least, digits_of(bytes));
}

static int wc_run(struct io *io, int argc, char **argv)
{
	static const struct source_user user = {
		.use = wc_source,
		.cannot_open = "%s: %s\n",
		.is_directory = "%s: %s\n",
		.trouble = 1,
	};
	unsigned int chosen = 0, i;
	struct wc wc = {0};
	struct options o;
	int letter, status;

	options_start(&o, io, "lwc", argc, argv);
	while ((letter = option_next(&o))) {
		if (letter == '?')
			return 1;
		wc.wanted[letter == 'l' ? LINES : letter == 'w' ? WORDS : BYTES] = true;
	}
	for (i = 0; i < COUNTS; i++)
		chosen += wc.wanted[i];
	for (i = 0; i < COUNTS && !chosen; i++)
		wc.wanted[i] = true;
	wc.width = row_width(&o, chosen == 1);
	wc.named = o.operands;
	status = each_source(&o, &user, &wc);
	if (o.operands > 1)
		print_row(io, &wc, wc.total, "total");
	return status;
}

const struct command cmd_wc = {
	.name = "wc",
	.usage = "[-lwc] [FILE]...",
	.brief = "count lines, words and bytes",
	.text = "  -l  only lines\n"
		"  -w  only words\n"
		"  -c  only bytes",
	.run = wc_run,
};
