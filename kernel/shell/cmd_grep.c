/* SPDX-License-Identifier: MIT */
/* cmd_grep.c: grep. What a pattern may say is in regex.h. */
#include "shell/command.h"

#include <linux/slab.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "mm/mm.h"
#include "sched/sched.h"
#include "shell/regex.h"

#define STATUS_SELECTED 0
#define STATUS_NONE	1
#define STATUS_TROUBLE	2
#define PATTERNS_MAX	32

struct grep {
	bool invert, count, number, quiet, list; /* -v -c -n -q -l */
	int with_name;				 /* -H, -h; 0: when there are several files */
	const char *pattern[PATTERNS_MAX];
	struct regex *regex[PATTERNS_MAX];
	unsigned int patterns;
	unsigned int flags; /* of regex.h */
	bool found;
};

static bool line_is_selected(struct grep *g, const struct text_line *line)
{
	unsigned int i;
	bool match = false;

	for (i = 0; i < g->patterns && !match; i++)
		match = regex_match(g->regex[i], line->start, line->len);
	return match != g->invert;
}

static void print_line(struct io *io, struct grep *g, const char *path, u64 number,
		       const struct text_line *line)
{
	if (g->with_name > 0)
		out(io, "%s:", path);
	if (g->number)
		out(io, "%llu:", number);
	out_write(io, line->start, line->len);
	out_write(io, "\n", 1);
}

/* Prints the selected lines and returns how many; stops early when more would change nothing. */
static u64 grep_lines(struct io *io, struct grep *g, const char *path, const struct source *source)
{
	bool binary = source->size && memchr(source->data, '\0', source->size);
	const char *text = source->data;
	size_t size = source->size;
	struct text_line line;
	u64 number = 0, selected = 0;

	while (text_next(&text, &size, &line)) {
		number++;
		if (!line_is_selected(g, &line))
			continue;
		selected++;
		if (g->quiet || g->list)
			break;
		if (g->count)
			continue;
		if (binary) {
			out(io, "grep: %s: binary file matches\n", path);
			break;
		}
		print_line(io, g, path, number, &line);
	}
	return selected;
}

static int grep_source(struct io *io, const char *path, const struct source *source, void *data)
{
	struct grep *g = data;
	u64 selected;

	if (strcmp(path, "-") == 0)
		path = "(standard input)";
	selected = grep_lines(io, g, path, source);
	g->found |= selected != 0;
	if (g->quiet)
		return 0;
	if (g->list && selected)
		out(io, "%s\n", path);
	if (g->list || !g->count)
		return 0;
	if (g->with_name > 0)
		out(io, "%s:", path);
	out(io, "%llu\n", selected);
	return 0;
}

static bool add_pattern(struct io *io, struct grep *g, const char *pattern)
{
	if (g->patterns == PATTERNS_MAX) {
		complain(io, "more than %d patterns\n", PATTERNS_MAX);
		return false;
	}
	g->pattern[g->patterns++] = pattern;
	return true;
}

static bool compile(struct io *io, struct grep *g)
{
	const char *trouble;
	unsigned int i;

	for (i = 0; i < g->patterns; i++) {
		g->regex[i] = kmalloc(sizeof(*g->regex[i]), GFP_KERNEL);
		trouble = "memory exhausted";
		if (g->regex[i])
			trouble = regex_compile(g->regex[i], g->pattern[i], g->flags);
		if (trouble) {
			complain(io, "%s\n", trouble);
			return false;
		}
	}
	return true;
}

static bool grep_options(struct grep *g, struct options *o)
{
	static const struct {
		char letter;
		u8 flag;
	} flags[] = {{'i', REGEX_FOLD},
		     {'F', REGEX_FIXED},
		     {'E', REGEX_EXTENDED},
		     {'w', REGEX_WORD},
		     {'x', REGEX_LINE}};
	unsigned int i;
	int letter;

	while ((letter = option_next(o))) {
		for (i = 0; i < ARRAY_SIZE(flags); i++)
			g->flags |= flags[i].letter == letter ? flags[i].flag : 0;
		if (letter == '?' || (letter == 'e' && !add_pattern(o->io, g, o->arg)))
			return false;
		g->invert |= letter == 'v';
		g->count |= letter == 'c';
		g->number |= letter == 'n';
		g->quiet |= letter == 'q';
		g->list |= letter == 'l';
		if (letter == 'H' || letter == 'h')
			g->with_name = letter == 'H' ? 1 : -1;
	}
	return true;
}

/* Without -e the first operand is the pattern. */
static bool take_pattern(struct grep *g, struct options *o)
{
	if (g->patterns)
		return true;
	if (!o->operands) {
		err(o->io, "Usage: grep [OPTION]... PATTERNS [FILE]...\n");
		bad_usage(o->io);
		return false;
	}
	o->operands--;
	o->argv++;
	return add_pattern(o->io, g, o->argv[0]);
}

static void free_patterns(void *data)
{
	struct grep *g = data;
	unsigned int i;

	for (i = 0; i < g->patterns; i++)
		kfree(g->regex[i]);
}

static int grep_run(struct io *io, int argc, char **argv)
{
	static const struct source_user user = {
		.use = grep_source,
		.cannot_open = "%s: %s\n",
		.trouble = STATUS_TROUBLE,
	};
	int status = STATUS_TROUBLE;
	struct grep g = {0};
	struct cleanup cleanup;
	struct options o;

	cleanup_push(&cleanup, free_patterns, &g);
	options_start(&o, io, "e:vicnqlhHFEwx", argc, argv);
	if (grep_options(&g, &o) && take_pattern(&g, &o) && compile(io, &g)) {
		if (!g.with_name)
			g.with_name = o.operands > 1;
		status = each_source(&o, &user, &g);
	}
	cleanup_pop(&cleanup);
	free_patterns(&g);
	if (status && !(g.quiet && g.found))
		return status;
	return g.found ? STATUS_SELECTED : STATUS_NONE;
}

const struct command cmd_grep = {
	.name = "grep",
	.usage = "[-vicnqlhHFEwx] [-e] PATTERN... [FILE]...",
	.brief = "print lines that match a pattern",
	.text = "  -e  a pattern; may be given several times\n"
		"  -v  lines that do not match        -i  upper and lower case are the same\n"
		"  -c  only how many                  -n  with the line's number\n"
		"  -q  nothing: only the exit status  -l  only the names of files\n"
		"  -h  without the file's name        -H  with it\n"
		"  -F  the pattern is plain text      -E  it is an extended expression\n"
		"  -w  only whole words               -x  only whole lines\n"
		"Special in patterns: . * ^ $ [] and \\| \\+ \\? \\(\\), without the backslash\n"
		"under -E.",
	.run = grep_run,
};
