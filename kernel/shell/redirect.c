/* SPDX-License-Identifier: MIT */
/*
 * redirect.c: where a command's input comes from and its output goes to, when it is not the
 * console: files and pipes.
 *
 * A file is made when the command starts, but written when it has ended, in one piece: a parameter
 * in /sys gets all of its text at once, and a command may read the file that it is going to write.
 */
#include "shell/command.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "shell/parse.h"

#define WRITE_BITS    0222
#define NEW_FILE_MODE (S_IFREG | 0644)

enum { TO_OUT, TO_ERR }; /* indexes of stdio.to_file */

void stdio_start(struct stdio *io)
{
	io->out = &io->pipe;
	io->err = &io->console;
}

/* Finds or makes the file; on success *@full is its path, on the heap. */
static int target_open(const char *path, char **full)
{
	char buf[FS_PATH_MAX];
	struct node *node;
	int err = path_lookup(path, &node);

	if (err == -ENOENT)
		err = path_make(path, NEW_FILE_MODE, &node);
	if (err)
		return err;
	if (S_ISDIR(node->mode))
		return -EISDIR;
	if (!(node->mode & WRITE_BITS) || !fs_allowed(node, FS_WRITE))
		return -EACCES;
	err = fs_path(node, buf, sizeof(buf));
	if (err < 0)
		return err;
	*full = kstrdup(buf, GFP_KERNEL);
	return *full ? 0 : -ENOMEM;
}

/* Gives all back; nothing is written. */
static void redirect_drop(struct redirect *r)
{
	seq_free(&r->stream.buffer);
	kfree(r->path);
	*r = (struct redirect){0};
}

/* What was printed goes into the file; a file that makes its own text only hears of real text. */
static int redirect_finish(struct redirect *r)
{
	struct seq_file *text = &r->stream.buffer;
	struct node *node;
	int err = 0;

	if (r->path) {
		err = text->overflow ? -ENOMEM : fs_lookup(&fs_root, r->path, &node);
		if (!err && (text->count || !node->ops))
			err = file_write(node, text->buf, text->count, r->append);
	}
	redirect_drop(r);
	return err;
}

static int redirect_start(struct redirect *r, const char *path, bool append)
{
	int err = redirect_finish(r); /* "> a > b": a becomes empty */

	if (!err)
		err = target_open(path, &r->path);
	r->append = append;
	r->stream.buffered = true;
	return err;
}

/* Read only when the command runs, as a part of it: the text may be a module's to make. */
static int input_find(struct stdio *io, const char *path)
{
	int err = path_lookup(path, &io->from);

	if (!err && S_ISDIR(io->from->mode))
		err = -EISDIR;
	return err;
}

int stdio_open(struct stdio *io)
{
	int err;

	if (!io->from)
		return 0;
	err = file_open(io->from, &io->from_file);
	io->has_input = true;
	io->is_file = true;
	io->input = io->from_file.data;
	io->input_len = io->from_file.size;
	return err;
}

int stdio_redirect(struct stdio *io, int token_type, const char *path)
{
	struct redirect *out = &io->to_file[TO_OUT], *err = &io->to_file[TO_ERR];
	bool append = token_type == TOKEN_OUT_APPEND || token_type == TOKEN_ERR_APPEND;

	switch (token_type) {
	case TOKEN_IN:
		return input_find(io, path);
	case TOKEN_ERR_TO_OUT:
		io->err = io->out;
		return 0;
	case TOKEN_OUT_TO_ERR:
		io->out = io->err;
		return 0;
	case TOKEN_ERR:
	case TOKEN_ERR_APPEND:
		io->err = &err->stream;
		return redirect_start(err, path, append);
	default:
		io->out = &out->stream;
		if (token_type == TOKEN_BOTH)
			io->err = &out->stream;
		return redirect_start(out, path, append);
	}
}

int stdio_finish(struct stdio *io)
{
	int err = redirect_finish(&io->to_file[TO_OUT]);
	int err2 = redirect_finish(&io->to_file[TO_ERR]);

	file_close(&io->from_file);
	return err ? err : err2;
}

void stdio_drop(struct stdio *io)
{
	redirect_drop(&io->to_file[TO_OUT]);
	redirect_drop(&io->to_file[TO_ERR]);
	file_close(&io->from_file);
}
