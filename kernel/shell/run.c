/* SPDX-License-Identifier: MIT */
/*
 * run.c: runs a line. A pipeline's commands run one after the other, each with the whole output of
 * the one before it as its input. Each is a task: if it is killed, the line goes on without it. All
 * memory that a line took is given back when it ends, however it ends.
 */
#include "shell/command.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "dev/dev.h"
#include "lib/lib.h"
#include "sched/sched.h"
#include "shell/parse.h"

#define STATUS_FAILURE 1
#define NS_PER_MS      1000000ULL

static int last_status; /* `$?` */

/* One command of a pipeline. */
struct stage {
	struct words words;
	struct stdio stdio;
	struct io io; /* what the command sees of it */
	int err;      /* of a redirection or of the heap: the command is not run */
};

__printf(1, 2) static void shell_error(const char *fmt, ...)
{
	struct stream console = {0};
	va_list args;

	stream_write(&console, "koan: ", 6);
	va_start(args, fmt);
	stream_vprintf(&console, fmt, args);
	va_end(args);
}

void shell_set_status(int status)
{
	last_status = status;
}

int shell_status(void)
{
	return last_status;
}

/* --- one command --- */

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

/* Runs it as a task; what it took is given back in any case, but the pipe. */
static int stage_guard(struct stage *stage)
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

/* --- reading one command --- */

static int redirect(struct stage *stage, enum token_type type, const char **line)
{
	struct words file = {0};
	struct token token;
	int err;

	if (!token_takes_file(type))
		return stdio_redirect(&stage->stdio, type, NULL);
	token_next(line, &token);
	err = words_expand(&file, &token, last_status);
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

/* Reads up to the separator behind the command, which goes into @end. */
static void stage_read(struct stage *stage, const char **line, struct token *end)
{
	for (;;) {
		token_next(line, end);
		if (end->type == TOKEN_WORD) {
			if (!stage->err && words_expand(&stage->words, end, last_status)) {
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

/* --- pipelines --- */

/* `time` stands before a whole pipeline, so it is a word of the shell rather than a command. */
const struct command cmd_time = {
	.name = "time",
	.usage = "[COMMAND]...",
	.brief = "tell how long a pipeline takes",
	.text = "Prints real, user and system time, which are the kernel's in Koan.",
};

/* bash's three lines. All of Koan's time is the kernel's. */
static void report_time(u64 ns)
{
	struct stream console = {0};
	static const char *const label[] = {"real", "user", "sys"};
	u64 ms = ns / NS_PER_MS, shown;
	unsigned int i;
	struct io io = {.err = &console};

	err(&io, "\n");
	for (i = 0; i < ARRAY_SIZE(label); i++) {
		shown = i == 1 ? 0 : ms;
		err(&io, "%s\t%llum%llu.%03llus\n", label[i], shown / 60000, shown / 1000 % 60,
		    shown % 1000);
	}
}

/* Runs a stage whose input is @in; its own output, when @piped, is @in afterwards. */
static int stage_finish(struct stage *stage, struct seq_file *in, bool piped)
{
	struct seq_file *pipe = &stage->stdio.pipe.buffer;
	int status;

	stage->stdio.pipe.buffered = piped;
	status = stage_guard(stage);
	if (pipe->overflow) {
		shell_error("out of memory\n");
		status = STATUS_FAILURE;
	}
	seq_free(in);
	*in = *pipe;
	words_free(&stage->words);
	return status;
}

static int pipeline_run(const char **line, struct token *end)
{
	struct seq_file pipe = {0};
	bool first = true, timed = false;
	u64 start = time_ns();
	int status;

	do {
		struct stage stage = {0};

		stdio_start(&stage.stdio);
		if (!first) {
			stage.stdio.has_input = true;
			stage.stdio.input = pipe.buf;
			stage.stdio.input_len = pipe.count;
		}
		stage_read(&stage, line, end);
		while (stage.words.n && strcmp(stage.words.v[0], cmd_time.name) == 0) {
			words_shift(&stage.words);
			timed = true;
		}
		status = stage_finish(&stage, &pipe, end->type == TOKEN_PIPE);
		first = false;
	} while (end->type == TOKEN_PIPE);
	seq_free(&pipe);
	if (timed)
		report_time(time_ns() - start);
	return status;
}

static void pipeline_skip(const char **line, struct token *end)
{
	do
		token_next(line, end);
	while (end->type != TOKEN_AND && end->type != TOKEN_OR && end->type != TOKEN_THEN &&
	       end->type != TOKEN_END);
}

void shell_execute(const char *line)
{
	char error[PARSE_ERROR_MAX];
	struct token end;
	bool run = true;

	if (parse_check(line, error)) {
		shell_error("%s\n", error);
		last_status = STATUS_SYNTAX;
		return;
	}
	token_next(&(const char *){line}, &end);
	if (end.type == TOKEN_END)
		return; /* an empty line leaves `$?` alone */
	do {
		if (run)
			last_status = pipeline_run(&line, &end);
		else
			pipeline_skip(&line, &end);
		run = end.type == TOKEN_THEN ||
		      (end.type == TOKEN_AND ? !last_status : last_status);
	} while (end.type != TOKEN_END && !shell_is_leaving());
}
