/* SPDX-License-Identifier: MIT */
/*
 * parse.h: what a command line says. Pure: the line is looked at, never changed or copied; a
 * token is a part of it.
 */
#ifndef KOAN_SHELL_PARSE_H
#define KOAN_SHELL_PARSE_H

#include <linux/types.h>
#include <linux/compiler.h>

enum token_type {
	TOKEN_END, /* of the line, or where a comment begins */
	TOKEN_WORD,
	TOKEN_PIPE,	  /* | */
	TOKEN_IN,	  /* < */
	TOKEN_OUT,	  /* >   1> */
	TOKEN_OUT_APPEND, /* >>  1>> */
	TOKEN_ERR,	  /* 2> */
	TOKEN_ERR_APPEND, /* 2>> */
	TOKEN_BOTH,	  /* &> */
	TOKEN_ERR_TO_OUT, /* 2>&1 */
	TOKEN_OUT_TO_ERR, /* >&2 1>&2 */
	TOKEN_THEN,	  /* ; */
	TOKEN_AND,	  /* && */
	TOKEN_OR,	  /* || */
	TOKEN_OTHER,	  /* ( ) & and others that Koan's shell has no use for */
};

struct token {
	enum token_type type;
	const char *start; /* in the line; quotes and backslashes are still there */
	size_t len;
	char open_quote; /* the quote that nothing closes, or 0 */
};

#define PARSE_ERROR_MAX 128

/* Takes the token at *@line and moves *@line behind it; at the end gives TOKEN_END for ever. */
void token_next(const char **line, struct token *token);
/* Whether a file name must follow. */
bool token_takes_file(enum token_type type);
/* 0, or -EINVAL and in @error what a shell would say: "syntax error near unexpected token `|'". */
__must_check int parse_check(const char *line, char error[PARSE_ERROR_MAX]);

/* Room for what word_expand() writes of a word of @len bytes; `$?` may grow to three digits. */
#define WORD_ROOM(len) ((len)*2 + 1)

/*
 * Takes quotes and backslashes away and puts @status in for `$?`. With @pattern, characters that
 * were quoted keep (or get) a backslash, so that glob_match() takes them as they are.
 */
void word_expand(const struct token *word, int status, bool pattern, char *out);
/* Whether the word has a `*`, `?` or `[` that is not quoted. */
bool word_has_pattern(const struct token *word);

#endif
