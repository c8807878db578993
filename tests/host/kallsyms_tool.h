/* SPDX-License-Identifier: MIT */
/*
 * kallsyms_tool.h: tools/kallsyms, built with the sanitizers, and a folder for what it reads and writes.
 */
#ifndef TESTS_HOST_KALLSYMS_TOOL_H
#define TESTS_HOST_KALLSYMS_TOOL_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sym/table.h"

#include "libc.h"

#define TOOL "build/tests/host/kallsyms"

static char folder[] = "/tmp/test_kallsyms.XXXXXX";

static const char *path(const char *name)
{
	static char paths[4][64];
	static int turn;
	char *p = paths[turn++ % 4];

	LIBC(snprintf)(p, sizeof(paths[0]), "%s/%s", folder, name);
	return p;
}

static int run(const char *fmt, ...)
{
	char command[512];
	va_list args;
	int status;

	va_start(args, fmt);
	LIBC(vsnprintf)(command, sizeof(command), fmt, args);
	va_end(args);
	status = system(command);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void write_file(const char *name, const char *text, size_t len)
{
	FILE *f = fopen(path(name), "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	return run("rm -r %s", folder);
}

#endif
