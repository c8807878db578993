/* SPDX-License-Identifier: MIT */
/* cmd_cat.c: cat. */
#include "shell/command.h"

#include <linux/kernel.h>
#include "lib/lib.h"

static void cat_numbered(struct io *io, const struct source *source, u64 *number)
{
	const char *data = source->data;
	size_t size = source->size;
	struct text_line line;

	while (text_next(&data, &size, &line)) {
		out(io, "%6llu\t", ++*number);
		out_write(io, line.start, line.len + line.newline);
	}
}

static int cat_run(struct io *io, int argc, char **argv)
{
	char *standard_input[] = {"cat", "-"};
	struct source source;
	struct options o;
	bool numbered = false;
	int status = 0, i, letter, err;
	u64 number = 0;

	options_start(&o, io, "n", argc, argv);
	while ((letter = option_next(&o))) {
		if (letter == '?')
			return 1;
		numbered = true;
	}
	if (!o.operands) {
		argv = standard_input;
		o.operands = 1;
	}
	for (i = 1; i <= o.operands; i++) {
		err = source_open(io, argv[i], &source);
		if (err) {
			complain(io, "%s: %s\n", argv[i], errno_text(err));
			status = 1;
			continue;
		}
		if (numbered)
			cat_numbered(io, &source, &number);
		else
			out_write(io, source.data, source.size);
		source_close(&source);
	}
	return status;
}

const struct command cmd_cat = {
	.name = "cat",
	.usage = "[-n] [FILE]...",
	.brief = "print files",
	.text = "Without a FILE, or for -, what is typed up to Ctrl-D.\n"
		"  -n  number the lines",
	.run = cat_run,
};
