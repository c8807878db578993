/* SPDX-License-Identifier: MIT */
/*
 * io.c: what commands print with and read from, so that none of them need know whether it stands
 * in a pipe.
 */
#include "shell/command.h"

#include <linux/kernel.h>
#include <linux/string.h>
#include "log/log.h"

#define SHORT_TEXT 256 /* most of what commands print; longer texts take memory for the moment */

void stream_write(struct stream *s, const char *text, size_t len)
{
	if (!len)
		return;
	if (!s->buffered)
		console_write(text, len);
	else if (seq_write(&s->buffer, text, len))
		return; /* the buffer remembers that memory ran out; run.c tells */
}

static void print_long(struct stream *s, const char *fmt, va_list args)
{
	struct seq_file m = {0};

	seq_vprintf(&m, fmt, args);
	if (m.overflow)
		console_write("koan: out of memory\n", 20);
	else
		stream_write(s, m.buf, m.count);
	seq_free(&m);
}

void stream_vprintf(struct stream *s, const char *fmt, va_list args)
{
	char text[SHORT_TEXT];
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(text, sizeof(text), fmt, args);
	if (len >= (int)sizeof(text))
		print_long(s, fmt, again);
	else if (len > 0)
		stream_write(s, text, (size_t)len);
	va_end(again);
}

void out_write(struct io *io, const char *text, size_t len)
{
	stream_write(io->out, text, len);
}

void out(struct io *io, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	stream_vprintf(io->out, fmt, args);
	va_end(args);
}

void complain(struct io *io, const char *fmt, ...)
{
	va_list args;

	stream_write(io->err, io->name, strlen(io->name));
	stream_write(io->err, ": ", 2);
	va_start(args, fmt);
	stream_vprintf(io->err, fmt, args);
	va_end(args);
}

void err(struct io *io, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	stream_vprintf(io->err, fmt, args);
	va_end(args);
}

bool out_is_console(const struct io *io)
{
	return !io->out->buffered;
}
