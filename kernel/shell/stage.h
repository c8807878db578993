/* SPDX-License-Identifier: MIT */
/* stage.h: one command of a pipeline: read from the line, then run. */
#ifndef KOAN_SHELL_STAGE_H
#define KOAN_SHELL_STAGE_H

#include "shell/command.h"
#include "shell/parse.h"

#define STATUS_FAILURE 1 /* a redirection failed, a file, or the heap: as with bash */

/* Begins as all zero, then stdio_start(). */
struct stage {
	struct words words; /* owned */
	struct stdio stdio;
	struct io io; /* what the command sees of it */
	int err;      /* of a redirection or of the heap: the command is not run */
};

/* The shell itself complains: "koan: " and what is said, on the console. */
__printf(1, 2) void shell_error(const char *fmt, ...);

/*
 * Reads up to the separator behind the command, which goes into @end, and moves *@line there. What
 * cannot be done is told at once; stage->err remembers it, and the rest is read all the same.
 */
void stage_read(struct stage *stage, const char **line, struct token *end);
/*
 * Runs it as a task and returns its exit status, STATUS_KILLED if it was killed. What it took is
 * given back in any case, but its words, and the pipe, which is the next one's input.
 */
int stage_guard(struct stage *stage);

#endif
