/* SPDX-License-Identifier: MIT */
/*
 * stage.c: one command of a pipeline: its words and redirections are read, then it runs as a task of
 * its own, which may be killed at any point: so all that it takes is kept in struct stage, outside of
 * the task, where it can be given back.
 */
#include "shell/command.h"
#include "shell/stage.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>
#include "lib/lib.h"
#include "sched/sched.h"

void shell_error(const char *fmt, ...)
{
	struct stream console = {0};
	va_list args;

	stream_write(&console, "koan: ", 6);
	va_start(args, fmt);
	stream_vprintf(&console, fmt, args);
	va_end(args);
}

/* --- running it --- */

/* Says so where the command would have complained. */
static int not_found(struct io *io, const char *name)
{
	struct node *node;
	int error;

	if (!strchr(name, '/')) {
		err(io, "koan: %s: command not found\n", name);
		return STATUS_NOT_FOUND;
	}
	error = path_lookup(name, &node);
	if (!error)
		error = S_ISDIR(node->mode) ? -EISDIR : -EACCES;
	err(io, "koan: %s: %s\n", name, errno_text(error));
	return error == -ENOENT ? STATUS_NOT_FOUND : STATUS_NOT_RUNNABLE;
}

static void put_owner(void *owner)
{
	module_put(owner);
}

/* The module that a command comes from stays until it ends. */
static int command_run(const struct command *command, struct words *words, struct io *io)
{
	struct module *owner = command->owner;
	struct cleanup cleanup;
	int status = 0;

	if (!try_module_get(owner))
		return not_found(io, words->v[0]);
	cleanup_push(&cleanup, put_owner, owner);
	if (!command->plain && words->n == 2 && strcmp(words->v[1], "--help") == 0)
		command_help(io, command);
	else
		status = command->run(io, words->n, words->v);
	cleanup_pop(&cleanup);
	module_put(owner);
	return status;
}

/* Out of line: its stack is not for the command that runs afterwards. */
static noinline void cannot_read(const struct node *node, int error)
{
	char path[FS_PATH_MAX];

	shell_error("%s: %s\n", fs_path(node, path, sizeof(path)) < 0 ? "" : path,
		    errno_text(error));
}

static int stage_run(struct stage *stage)
{
	const struct command *command;
	int error;

	if (stage->err)
		return STATUS_FAILURE;
	error = stdio_open(&stage->stdio);
	if (error) {
		cannot_read(stage->stdio.from, error);
		return STATUS_FAILURE;
	}
	if (!stage->words.n)
		return 0;
	stage->io = (struct io){
		.out = stage->stdio.out,
		.err = stage->stdio.err,
		.has_input = stage->stdio.has_input,
		.is_file = stage->stdio.is_file,
		.input = stage->stdio.input,
		.input_len = stage->stdio.input_len,
	};
	command = command_find(stage->words.v[0]);
	if (!command)
		return not_found(&stage->io, stage->words.v[0]);
	stage->io.name = command->name;
	return command_run(command, &stage->words, &stage->io);
}

/* Writing the files belongs to the command: some of them are functions of modules. */
static int stage_task(void *data)
{
	struct stage *stage = data;
	int status = stage_run(stage);
	int err = stdio_finish(&stage->stdio);

	if (!err)
		return status;
	shell_error("%s: write error: %s\n", stage->words.n ? stage->words.v[0] : "",
		    errno_text(err));
	return STATUS_FAILURE;
}

int stage_guard(struct stage *stage)
{
	struct stream console = {0};
	int status;

	if (!task_run(stage_task, stage, &status)) {
		stream_write(&console, "Killed\n", 7);
		stdio_drop(&stage->stdio);
		status = STATUS_KILLED;
	}
	seq_free(&stage->io.typed);
	return status;
}

/* --- reading it --- */

static int redirect(struct stage *stage, enum token_type type, const char **line)
{
	struct words file = {0};
	struct token token;
	int err;

	if (!token_takes_file(type))
		return stdio_redirect(&stage->stdio, type, NULL);
	token_next(line, &token);
	err = words_expand(&file, &token, shell_status());
	if (!err) {
		err = file.n == 1 ? stdio_redirect(&stage->stdio, type, file.v[0]) : -EINVAL;
		if (err)
			shell_error("%.*s: %s\n", (int)token.len, token.start,
				    file.n == 1 ? errno_text(err) : "ambiguous redirect");
	} else {
		shell_error("out of memory\n");
	}
	words_free(&file);
	return err;
}

void stage_read(struct stage *stage, const char **line, struct token *end)
{
	for (;;) {
		token_next(line, end);
		if (end->type == TOKEN_WORD) {
			if (!stage->err && words_expand(&stage->words, end, shell_status())) {
				shell_error("out of memory\n");
				stage->err = -ENOMEM;
			}
		} else if (token_takes_file(end->type) || end->type == TOKEN_ERR_TO_OUT ||
			   end->type == TOKEN_OUT_TO_ERR) {
			int err = redirect(stage, end->type, line);

			if (!stage->err)
				stage->err = err;
		} else {
			return;
		}
	}
}
