/* SPDX-License-Identifier: MIT */
/*
 * parse.c: cuts a command line into tokens, checks their order, and takes the quotes off words.
 *
 *   list      pipeline ((";" | "&&" | "||") pipeline)* [";"]
 *   pipeline  command ("|" command)*
 *   command   (word | redirection)+
 *
 * A whole line is checked before any of it runs. Messages are bash's.
 */
#include "shell/parse.h"

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>

#define BLANKS "\t "
/* These end a word unless quoted. */
#define META "|&;<>()"
/* These make a word a pattern for file names unless quoted. */
#define PATTERN_CHARS "*?["

#define STATUS_MASK   0xff

/* Longest first: the first that fits is the one. */
static const struct {
	const char *text;
	enum token_type type;
} operators[] = {
	{"2>&1", TOKEN_ERR_TO_OUT},
	{"1>&2", TOKEN_OUT_TO_ERR},
	{">&2", TOKEN_OUT_TO_ERR},
	{"2>>", TOKEN_ERR_APPEND},
	{"1>>", TOKEN_OUT_APPEND},
	{"2>", TOKEN_ERR},
	{"1>", TOKEN_OUT},
	{"0<", TOKEN_IN},
	{"&>", TOKEN_BOTH},
	{"&&", TOKEN_AND},
	{"||", TOKEN_OR},
	{">>", TOKEN_OUT_APPEND},
	{";;", TOKEN_OTHER},
	{"<<", TOKEN_OTHER},
	{"|&", TOKEN_OTHER},
	{">&", TOKEN_OTHER},
	{"<&", TOKEN_OTHER},
	{"|", TOKEN_PIPE},
	{"<", TOKEN_IN},
	{">", TOKEN_OUT},
	{";", TOKEN_THEN},
	{"&", TOKEN_OTHER},
	{"(", TOKEN_OTHER},
	{")", TOKEN_OTHER},
};

/*
 * Moves over one character of a word, or over a whole quoted part. When nothing closes the quote,
 * stops at the end of the line and puts the quote into *@open.
 */
static const char *skip_quoted(const char *s, char *open)
{
	const char quote = *s++;

	if (quote == '\\')
		return *s ? s + 1 : s;
	if (quote != '\'' && quote != '"')
		return s;
	for (; *s && *s != quote; s++)
		if (quote == '"' && *s == '\\' && s[1])
			s++;
	if (!*s)
		*open = quote;
	return *s ? s + 1 : s;
}

static bool operator_at(const char *s, struct token *token)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(operators); i++) {
		size_t len = strlen(operators[i].text);

		if (strncmp(s, operators[i].text, len) == 0) {
			*token = (struct token){operators[i].type, s, len, 0};
			return true;
		}
	}
	return false;
}

void token_next(const char **line, struct token *token)
{
	const char *s = *line + strspn(*line, BLANKS);

	if (!*s || *s == '#') {
		*token = (struct token){.type = TOKEN_END, .start = s};
		*line = s + strlen(s);
		return;
	}
	if (!operator_at(s, token)) {
		*token = (struct token){.type = TOKEN_WORD, .start = s};
		while (*s && !strchr(BLANKS META, *s))
			s = skip_quoted(s, &token->open_quote);
		token->len = (size_t)(s - token->start);
	}
	*line = token->start + token->len;
}

bool token_takes_file(enum token_type type)
{
	return type == TOKEN_IN || type == TOKEN_OUT || type == TOKEN_OUT_APPEND ||
	       type == TOKEN_ERR || type == TOKEN_ERR_APPEND || type == TOKEN_BOTH;
}

/* After these, another command has to follow. */
static bool token_joins(enum token_type type)
{
	return type == TOKEN_PIPE || type == TOKEN_AND || type == TOKEN_OR;
}

static bool token_in_command(enum token_type type)
{
	return type == TOKEN_WORD || token_takes_file(type) || type == TOKEN_ERR_TO_OUT ||
	       type == TOKEN_OUT_TO_ERR;
}

static int unexpected(const struct token *token, char error[PARSE_ERROR_MAX])
{
	/* Shells read the number before a redirection as a token of its own. */
	bool numbered = token->type != TOKEN_WORD && isdigit(*token->start);
	size_t len = numbered ? 1 : min_t(size_t, token->len, PARSE_ERROR_MAX / 2);

	if (token->type == TOKEN_END)
		strscpy(error, "syntax error: unexpected end of file", PARSE_ERROR_MAX);
	else
		snprintf(error, PARSE_ERROR_MAX, "syntax error near unexpected token `%.*s'",
			 (int)len, token->start);
	return -EINVAL;
}

static int check_word(const struct token *word, char error[PARSE_ERROR_MAX])
{
	if (!word->open_quote)
		return 0;
	snprintf(error, PARSE_ERROR_MAX, "unexpected EOF while looking for matching `%c'",
		 word->open_quote);
	return -EINVAL;
}

/* Takes the file name that must follow a redirection. */
static int check_file(const char **line, char error[PARSE_ERROR_MAX])
{
	struct token file;

	token_next(line, &file);
	if (file.type == TOKEN_WORD)
		return check_word(&file, error);
	if (file.type == TOKEN_END)
		file = (struct token){.type = TOKEN_WORD, .start = "newline", .len = 7};
	return unexpected(&file, error);
}

/* Whether a token that is no word must not stand where it does. */
static bool misplaced(const struct token *token, bool command, bool wanted)
{
	if (token->type == TOKEN_OTHER)
		return true;
	if (token_in_command(token->type) || command)
		return false;
	return token->type != TOKEN_END || wanted;
}

int parse_check(const char *line, char error[PARSE_ERROR_MAX])
{
	bool command = false; /* there is something of a command since the last separator */
	bool wanted = false;  /* and there has to be, because of the separator before it */
	struct token token;
	int err = 0;

	do {
		token_next(&line, &token);
		if (token.type == TOKEN_WORD)
			err = check_word(&token, error);
		else if (token_takes_file(token.type))
			err = check_file(&line, error);
		else if (misplaced(&token, command, wanted))
			err = unexpected(&token, error);
		wanted = token_joins(token.type);
		command = token_in_command(token.type);
	} while (!err && token.type != TOKEN_END);
	return err;
}

/* --- taking the quotes off --- */

/* Where a word's characters go to. */
struct expansion {
	char *out;
	bool pattern;
	int status;
};

static void put_quoted(struct expansion *e, char c)
{
	if (e->pattern && strchr(PATTERN_CHARS "]\\", c))
		*e->out++ = '\\';
	*e->out++ = c;
}

/* `$?` at @s: writes the status and returns what follows; otherwise NULL. */
static const char *put_status(struct expansion *e, const char *s, const char *end)
{
	if (end - s < 2 || s[0] != '$' || s[1] != '?')
		return NULL;
	e->out += sprintf(e->out, "%u", (unsigned int)e->status & STATUS_MASK);
	return s + 2;
}

static const char *expand_single(struct expansion *e, const char *s)
{
	for (s++; *s != '\''; s++)
		put_quoted(e, *s);
	return s + 1;
}

/* Between double quotes a backslash quotes only what would mean something there. */
static const char *expand_double(struct expansion *e, const char *s, const char *end)
{
	const char *next;

	for (s++; *s != '"'; s = next) {
		next = put_status(e, s, end);
		if (next)
			continue;
		if (*s == '\\' && strchr("$`\"\\", s[1]))
			s++;
		put_quoted(e, *s);
		next = s + 1;
	}
	return s + 1;
}

void word_expand(const struct token *word, int status, bool pattern, char *out)
{
	struct expansion e = {.out = out, .pattern = pattern, .status = status};
	const char *s = word->start, *end = s + word->len, *next;

	for (; s < end; s = next) {
		next = put_status(&e, s, end);
		if (next)
			continue;
		if (*s == '\'')
			next = expand_single(&e, s);
		else if (*s == '"')
			next = expand_double(&e, s, end);
		else if (*s == '\\' && s + 1 < end) {
			put_quoted(&e, s[1]);
			next = s + 2;
		} else {
			*e.out++ = *s;
			next = s + 1;
		}
	}
	*e.out = '\0';
}

bool word_has_pattern(const struct token *word)
{
	const char *s = word->start, *end = s + word->len;
	char open;

	for (; s < end; s = skip_quoted(s, &open))
		if (strchr(PATTERN_CHARS, *s))
			return true;
	return false;
}
