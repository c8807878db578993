/* SPDX-License-Identifier: MIT */
/*
 * lines.c: see lines.h. The longest common subsequence, by a table; ends that are alike aside.
 *
 * A table has a cell for each pair of lines, so its size is the product of both. Types mostly differ
 * in a line or two: what is the same at both ends is set aside first, and the table is small.
 */
#include "lines.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

#define CONTEXT 2
/* Above this many cells the table is not worth its memory: nothing is in common then. */
#define MAX_CELLS ((size_t)1 << 24)

static void *allocate(size_t count, size_t size)
{
	void *memory = calloc(count + 1, size);

	if (!memory)
		trouble("diff", "out of memory");
	return memory;
}

/* A line ends in a newline: what stands behind the last one is none. */
static struct lines split(const char *text)
{
	struct lines lines = {0};
	const char *position;

	for (position = text; *position; position++)
		lines.count += *position == '\n';
	lines.line = allocate(lines.count, sizeof(*lines.line));
	for (size_t i = 0; i < lines.count; i++) {
		lines.line[i].bytes = text;
		lines.line[i].length = (size_t)(strchr(text, '\n') + 1 - text);
		text += lines.line[i].length;
	}
	return lines;
}

static bool same(const struct line *left, const struct line *right)
{
	return left->length == right->length && !memcmp(left->bytes, right->bytes, left->length);
}

static void add(struct lines *lines, const struct line *line, char mark)
{
	lines->line[lines->count] = *line;
	lines->line[lines->count++].mark = mark;
}

/* Cell (i, j): how many lines those from i and from j on have in common. NULL: too many cells. */
static uint32_t *common_table(const struct lines *old, const struct lines *new)
{
	size_t width = new->count + 1;
	uint32_t *cells;

	/* By a division: the product could wrap. */
	if (old->count >= MAX_CELLS / width)
		return NULL;
	cells = allocate((old->count + 1) * width, sizeof(*cells));
	/* From the end to the start: a cell needs the one below, the one to the right, and both. */
	for (size_t i = old->count; i-- > 0;) {
		for (size_t j = new->count; j-- > 0;) {
			uint32_t down = cells[(i + 1) * width + j],
				 right = cells[i * width + j + 1];

			if (same(&old->line[i], &new->line[j]))
				cells[i * width + j] = cells[(i + 1) * width + j + 1] + 1;
			else
				cells[i * width + j] = down > right ? down : right;
		}
	}
	return cells;
}

/* Walks the table from its start; without one, first all of the old lines, then the new ones. */
static void merge(struct lines *lines, const struct lines *old, const struct lines *new)
{
	uint32_t *cells = common_table(old, new);
	size_t i = 0, j = 0, width = new->count + 1;

	while (i < old->count || j < new->count) {
		if (cells && i < old->count &&
		    j < new->count &&same(&old->line[i], &new->line[j])) {
			add(lines, &old->line[i++], ' ');
			j++;
		} else if (j == new->count ||
			   (i < old->count &&
			    (!cells || cells[(i + 1) * width + j] >= cells[i * width + j + 1]))) {
			add(lines, &old->line[i++], '-');
		} else {
			add(lines, &new->line[j++], '+');
		}
	}
	free(cells);
}

static size_t common_start(const struct lines *old, const struct lines *new)
{
	size_t count = 0;

	while (count < old->count &&
	       count < new->count &&same(&old->line[count], &new->line[count]))
		count++;
	return count;
}

/* Not into what common_start() has taken: a line would be counted twice. */
static size_t common_end(const struct lines *old, const struct lines *new, size_t start)
{
	size_t count = 0;

	while (count < old->count - start &&
	       count < new->count - start &&same(&old->line[old->count - 1 - count],
						 &new->line[new->count - 1 - count]))
		count++;
	return count;
}

void lines_compare(struct lines *lines, const char *old_text, const char *new_text)
{
	struct lines old = split(old_text), new = split(new_text);
	size_t start = common_start(&old, &new), end = common_end(&old, &new, start);
	struct lines old_middle = {old.line + start, old.count - start - end};
	struct lines new_middle = {new.line + start, new.count - start - end};

	*lines = (struct lines){allocate(old.count + new.count, sizeof(*lines->line)), 0};
	for (size_t i = 0; i < start; i++)
		add(lines, &old.line[i], ' ');
	merge(lines, &old_middle, &new_middle);
	for (size_t i = old.count - end; i < old.count; i++)
		add(lines, &old.line[i], ' ');
	free(old.line);
	free(new.line);
}

static bool is_near(const struct lines *lines, size_t at)
{
	size_t from = at > CONTEXT ? at - CONTEXT : 0;

	for (size_t i = from; i < lines->count && i <= at + CONTEXT; i++)
		if (lines->line[i].mark != ' ')
			return true;
	return at == 0; /* what it is about */
}

void lines_print(const struct lines *lines)
{
	bool skipped = false;

	for (size_t i = 0; i < lines->count; i++) {
		const struct line *line = &lines->line[i];

		if (is_near(lines, i)) {
			if (skipped)
				puts(" \t...");
			printf("%c%.*s", line->mark, (int)line->length, line->bytes);
		}
		skipped = !is_near(lines, i);
	}
}

void lines_free(struct lines *lines)
{
	free(lines->line);
}
