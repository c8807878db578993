/* SPDX-License-Identifier: MIT */
/*
 * fuzz_parse.c: any text as a command line. Tokens must lie one after the other inside the line,
 * and a word of a line that was found good must fit into the room that WORD_ROOM() asks for.
 */
#include <string.h>

#include "fuzz.h"
#include "shell/parse.h"

/* The largest that `$?` can be. */
#define LONGEST_STATUS 255

/* The room is exact, so that the sanitizer sees one byte too many. */
static void expand(const struct token *word, bool pattern)
{
	size_t room = WORD_ROOM(word->len);
	char *text = malloc(room);

	word_expand(word, LONGEST_STATUS, pattern, text);
	promise(strlen(text) < room);
	free(text);
}

static void walk(const char *line, bool good)
{
	const char *at = line, *end = line + strlen(line);
	struct token token;

	for (;;) {
		const char *before = at;

		token_next(&at, &token);
		promise(at >= before && at <= end);
		if (token.type == TOKEN_END)
			break;
		promise(token.start >= before && token.len > 0 && token.start + token.len == at);
		promise(!good || !token.open_quote);
		if (token.type != TOKEN_WORD)
			continue;
		word_has_pattern(&token);
		if (!token.open_quote) {
			expand(&token, false);
			expand(&token, true);
		}
	}
	promise(at == end);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char error[PARSE_ERROR_MAX];
	char *line = malloc(size + 1);
	int err;

	memcpy(line, data, size);
	line[size] = '\0';
	memset(error, 'x', sizeof(error));
	err = parse_check(line, error);
	promise(!err || memchr(error, '\0', sizeof(error)));
	walk(line, !err);
	free(line);
	return 0;
}
