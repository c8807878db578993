/* SPDX-License-Identifier: MIT */
/*
 * fuzz_regex.c: any pattern and any line, as grep has them. Nothing may be read or written outside,
 * and of patterns without anything that Koan does not know, the C library must think the same.
 *
 * Input: a byte of flags, the pattern, a newline, the line.
 */
#define _GNU_SOURCE /* re_search() */
#include <regex.h>
#include <string.h>

#include "fuzz.h"
#include "shell/regex.h"

#define PLAIN " !#%&,-/0123456789:;<=>@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~"
/* What has one meaning only, wherever it stands in a pattern. */
#define JUDGED_BASIC	PLAIN ".+?|()"
#define JUDGED_EXTENDED PLAIN ".|"

static struct regex re;

/*
 * Repetitions are judged behind one plain character, and sets when they are simple: elsewhere
 * (a star at the beginning, two in a row, a range from z to a) even two versions of grep differ.
 */
static bool is_judged(const char *pattern, bool extended)
{
	const char *allowed = extended ? JUDGED_EXTENDED : JUDGED_BASIC;
	bool plain = false;

	if (*pattern == '^')
		pattern++;
	for (; *pattern; pattern++) {
		bool repeats =
			*pattern == '*' || (extended && (*pattern == '+' || *pattern == '?'));

		if (*pattern == '$' && !pattern[1])
			return true;
		if (!(repeats && plain) && !strchr(allowed, *pattern))
			return false;
		plain = !repeats && *pattern != '|';
		if (*pattern == '|' && extended && (!pattern[1] || strchr("|*+?", pattern[1])))
			return false;
	}
	return true;
}

/* The C library's answer; -1 when it does not take the pattern. */
static int judge(const char *pattern, unsigned int flags, const char *line, size_t len)
{
	struct re_pattern_buffer buffer;
	long found;

	memset(&buffer, 0, sizeof(buffer));
	re_set_syntax((flags & REGEX_EXTENDED ? RE_SYNTAX_EGREP : RE_SYNTAX_GREP) |
		      (flags & REGEX_FOLD ? RE_ICASE : 0));
	if (re_compile_pattern(pattern, strlen(pattern), &buffer)) {
		regfree(&buffer);
		return -1;
	}
	buffer.newline_anchor = 1;
	found = re_search(&buffer, line, (regoff_t)len, 0, (regoff_t)len, NULL);
	regfree(&buffer);
	return found >= 0;
}

static void check(const char *pattern, unsigned int flags, const char *line, size_t len)
{
	const char *error = regex_compile(&re, pattern, flags);
	bool found;
	int want;

	promise(!error || *error);
	if (error)
		return;
	promise(re.count <= REGEX_INSNS_MAX && re.set_count <= REGEX_SETS_MAX);
	found = regex_match(&re, line, len);
	promise(found == regex_match(&re, line, len));
	if (flags & ~(unsigned int)(REGEX_EXTENDED | REGEX_FOLD))
		return;
	if (!is_judged(pattern, flags & REGEX_EXTENDED))
		return;
	want = judge(pattern, flags, line, len);
	promise(want < 0 || found == want);
}

/* Lines are text, as the C library sees it, too. */
static bool is_text(const uint8_t *data, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (data[i] == '\n' || data[i] == 0)
			return false;
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *newline;
	size_t pattern_len, len;
	char *pattern, *line;

	if (size < 2 || size > 2 * REGEX_PATTERN_MAX)
		return 0;
	newline = memchr(data + 1, '\n', size - 1);
	if (!newline)
		return 0;
	pattern_len = (size_t)(newline - data) - 1;
	len = size - pattern_len - 2;
	if (!is_text(data + 1, pattern_len) || !is_text(newline + 1, len))
		return 0;
	pattern = malloc(pattern_len + 1);
	memcpy(pattern, data + 1, pattern_len);
	pattern[pattern_len] = '\0';
	line = malloc(len); /* exactly: one byte too far is seen */
	memcpy(line, newline + 1, len);
	check(pattern, data[0] % 32, line, len);
	free(line);
	free(pattern);
	return 0;
}
