/* SPDX-License-Identifier: MIT */
/*
 * run.c: runs a line. A pipeline's commands (stage.c) run one after the other, each with the whole
 * output of the one before it as its input. Each is a task: if it is killed, the line goes on without
 * it. All memory that a line took is given back when it ends, however it ends.
 */
#include "shell/command.h"
#include "shell/stage.h"

#include <linux/kernel.h>
#include <linux/string.h>
#include "dev/dev.h"

#define NS_PER_MS 1000000ULL

static int last_status; /* `$?` */

void shell_set_status(int status)
{
	last_status = status;
}

int shell_status(void)
{
	return last_status;
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
