/* SPDX-License-Identifier: MIT */
/* cmd_cat.c: cat. */
#include "shell/command.h"

#include <linux/kernel.h>

struct cat {
	bool numbered;
	bool in_line; /* the file before ended inside a line, which goes on */
	u64 lines;    /* numbered so far: the count goes on from file to file */
};

static int cat_source(struct io *io, const char *path, const struct source *source, void *data)
{
	const char *text = source->data;
	size_t size = source->size;
	struct cat *cat = data;
	struct text_line line;

	(void)path;
	if (!cat->numbered)
		out_write(io, text, size);
	while (cat->numbered && text_next(&text, &size, &line)) {
		if (!cat->in_line)
			out(io, "%6llu\t", ++cat->lines);
		out_write(io, line.start, line.len + line.newline);
		cat->in_line = !line.newline;
	}
	return 0;
}

static const struct source_user cat_user = {
	.use = cat_source,
	.cannot_open = "%s: %s\n",
	.trouble = 1,
};

static int cat_run(struct io *io, int argc, char **argv)
{
	struct cat cat = {0};
	struct options o;
	int letter;

	options_start(&o, io, "n", argc, argv);
	while ((letter = option_next(&o))) {
		if (letter == '?')
			return 1;
		cat.numbered = true;
	}
	return each_source(&o, &cat_user, &cat);
}

const struct command cmd_cat = {
	.name = "cat",
	.usage = "[-n] [FILE]...",
	.brief = "print files",
	.text = "Without a FILE, or for -, what is typed up to Ctrl-D.\n"
		"  -n  number the lines",
	.run = cat_run,
};
