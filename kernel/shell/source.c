/* SPDX-License-Identifier: MIT */
/* source.c: what text commands read: the files they are given, or the standard input. */
#include "shell/command.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "lib/lib.h"
#include "shell/line.h"

/* What is typed, up to Ctrl-D at the start of a line. */
static int read_typed(struct io *io)
{
	const char *text;
	int event;

	do {
		event = console_read_line("", &text);
		if (event == LINE_DONE)
			seq_printf(&io->typed, "%s\n", text);
	} while (event == LINE_DONE);
	if (event == LINE_CANCEL)
		return -EINTR;
	if (io->typed.overflow)
		return -ENOMEM;
	io->has_input = true;
	io->input = io->typed.buf;
	io->input_len = io->typed.count;
	return 0;
}

int source_open(struct io *io, const char *path, struct source *source)
{
	struct node *node;
	int err;

	*source = (struct source){0};
	if (strcmp(path, "-") == 0) {
		err = io->has_input ? 0 : read_typed(io);
		source->data = io->input;
		source->size = io->input_len;
		return err;
	}
	err = path_lookup(path, &node);
	if (!err)
		err = file_open(node, &source->view);
	source->data = source->view.data;
	source->size = source->view.size;
	return err;
}

void source_close(struct source *source)
{
	file_close(&source->view);
}

static int use_source(struct options *o, const char *path, const struct source_user *user,
		      void *data)
{
	struct source source;
	int err = source_open(o->io, path, &source), status = 0;

	if (err == -EISDIR && user->is_directory) {
		complain(o->io, user->is_directory, path, errno_text(err));
		status = user->trouble;
	} else if (err == -EINTR) {
		return STATUS_INTERRUPTED;
	} else if (err) {
		complain(o->io, user->cannot_open, path, errno_text(err));
		return user->trouble;
	}
	status = max(status, user->use(o->io, path, &source, data));
	source_close(&source);
	return status;
}

int each_source(struct options *o, const struct source_user *user, void *data)
{
	int status = 0, i;

	if (!o->operands)
		return use_source(o, "-", user, data);
	for (i = 1; i <= o->operands; i++)
		status = max(status, use_source(o, o->argv[i], user, data));
	return status;
}

bool text_next(const char **data, size_t *size, struct text_line *line)
{
	const char *end;

	if (!*size)
		return false;
	end = memchr(*data, '\n', *size);
	*line = (struct text_line){
		.start = *data,
		.len = end ? (size_t)(end - *data) : *size,
		.newline = end != NULL,
	};
	*data += line->len + line->newline;
	*size -= line->len + line->newline;
	return true;
}
