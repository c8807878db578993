/* SPDX-License-Identifier: MIT */
/*
 * regex.c: from a pattern to a program.
 *
 *   alternatives  sequence ("|" sequence)*        split L1; sequence; jump END; L1: sequence; END:
 *   sequence      (atom ("*" | "+" | "?")*)*      L: split END; atom; jump L; END:
 *   atom          "(" alternatives ")" | "." | "[...]" | "^" | "$" | a character
 *
 * All jumps are relative: an instruction put in front of a finished part does not disturb it. In
 * basic expressions ( ) | + ? are written with a backslash.
 */
#include "shell/regex.h"

#include <linux/ctype.h>
#include <linux/kernel.h>
#include <linux/string.h>

struct compiler {
	struct regex *re;
	const char *at; /* in the pattern */
	const char *trouble;
	unsigned int depth; /* of groups */
};

static bool is_extended(const struct compiler *c)
{
	return c->re->flags & REGEX_EXTENDED;
}

/* --- the program --- */

static void emit(struct compiler *c, enum regex_op op, u8 byte, int to)
{
	c->re->insns[c->re->count++] = (struct regex_insn){op, byte, (s16)to};
}

static void emit_before(struct compiler *c, unsigned int start, enum regex_op op, int to)
{
	struct regex_insn *at = c->re->insns + start;

	memmove(at + 1, at, (c->re->count - start) * sizeof(*at));
	*at = (struct regex_insn){op, 0, (s16)to};
	c->re->count++;
}

static u8 *emit_set(struct compiler *c)
{
	emit(c, OP_SET, 0, (int)c->re->set_count);
	return c->re->sets[c->re->set_count++];
}

/* --- atoms --- */

static void parse_alternatives(struct compiler *c);

/* Whether @letter with its special meaning stands here: bare in extended expressions, else "\(". */
static bool special_at(const struct compiler *c, const char *at, char letter)
{
	return is_extended(c) ? at[0] == letter : at[0] == '\\' && at[1] == letter;
}

static bool take_special(struct compiler *c, char letter)
{
	if (!special_at(c, c->at, letter))
		return false;
	c->at += is_extended(c) ? 1 : 2;
	return true;
}

static void parse_group(struct compiler *c)
{
	if (++c->depth > REGEX_GROUPS_MAX) {
		c->trouble = "Too many nested groups";
		return;
	}
	parse_alternatives(c);
	c->depth--;
	if (!c->trouble && !take_special(c, ')'))
		c->trouble = "Unmatched ( or \\(";
}

/* Behind a backslash that is not that of a group. */
static void parse_escape(struct compiler *c)
{
	static const struct {
		char letter;
		u8 op;
	} edges[] = {{'<', OP_WORD_START}, {'>', OP_WORD_END}, {'b', OP_WORD_EDGE}};
	char letter = *c->at;
	unsigned int i;

	if (!letter) {
		c->trouble = "Trailing backslash";
		return;
	}
	c->at++;
	for (i = 0; i < ARRAY_SIZE(edges); i++)
		if (edges[i].letter == letter) {
			emit(c, edges[i].op, 0, 0);
			return;
		}
	if (letter >= '1' && letter <= '9') {
		c->trouble = "Back references are not supported";
	} else if (strchr("wWsS", letter)) {
		regex_set_letter(emit_set(c), letter);
	} else {
		emit(c, OP_CHAR, (u8)letter, 0);
	}
}

/* In a basic expression "$" is special only at the end of a sequence. */
static bool line_end_at(const struct compiler *c)
{
	return is_extended(c) || !c->at[1] || special_at(c, c->at + 1, ')') ||
	       special_at(c, c->at + 1, '|');
}

static void parse_atom(struct compiler *c, bool first)
{
	if (take_special(c, '(')) {
		parse_group(c);
	} else if (*c->at == '$' && line_end_at(c)) {
		c->at++;
		emit(c, OP_LINE_END, 0, 0);
	} else if (*c->at == '^' && (is_extended(c) || first)) {
		c->at++;
		emit(c, OP_LINE_START, 0, 0);
	} else if (*c->at == '.') {
		c->at++;
		emit(c, OP_ANY, 0, 0);
	} else if (*c->at == '[') {
		c->at++;
		c->trouble = regex_set_parse(emit_set(c), &c->at);
	} else if (*c->at == '\\') {
		c->at++;
		parse_escape(c);
	} else {
		emit(c, OP_CHAR, (u8)*c->at++, 0);
	}
}

/* --- repetition, sequence, alternatives --- */

/* In an extended expression a brace without a number behind it is a character. */
static bool braces_at(const struct compiler *c)
{
	return special_at(c, c->at, '{') && (!is_extended(c) || isdigit(c->at[1]));
}

/* The operators behind the atom that begins at @start. */
static void parse_repetition(struct compiler *c, unsigned int start)
{
	while (!c->trouble) {
		int len = (int)(c->re->count - start);

		if (*c->at == '*') {
			c->at++;
			emit_before(c, start, OP_SPLIT, len + 2);
			emit(c, OP_JUMP, 0, -(len + 1));
		} else if (take_special(c, '?')) {
			emit_before(c, start, OP_SPLIT, len + 1);
		} else if (take_special(c, '+')) {
			emit(c, OP_SPLIT, 0, -len);
		} else {
			if (braces_at(c))
				c->trouble = "Repetition with braces is not supported";
			return;
		}
	}
}

/* As in GNU grep, ")" without "(" is a character; "\)" without "\(" is a mistake. */
static bool group_ends_at(const struct compiler *c)
{
	return special_at(c, c->at, ')') && (c->depth || !is_extended(c));
}

/* A "*" with nothing to repeat is a character. */
static void parse_sequence(struct compiler *c)
{
	bool first = true;
	unsigned int start;

	while (!c->trouble && *c->at && !special_at(c, c->at, '|') && !group_ends_at(c)) {
		bool anchor = *c->at == '^';

		start = c->re->count;
		parse_atom(c, first);
		if (!(first && anchor && *c->at == '*'))
			parse_repetition(c, start);
		first = false;
	}
}

static void parse_alternatives(struct compiler *c)
{
	struct regex *re = c->re;
	int jump = -1, before; /* the jumps to the end, each telling where the one before it is */
	unsigned int start;

	for (;;) {
		start = re->count;
		parse_sequence(c);
		if (c->trouble || !take_special(c, '|'))
			break;
		emit_before(c, start, OP_SPLIT, (int)(re->count - start) + 2);
		emit(c, OP_JUMP, 0, jump);
		jump = (int)re->count - 1;
	}
	for (; jump >= 0; jump = before) {
		before = re->insns[jump].to;
		re->insns[jump].to = (s16)((int)re->count - jump);
	}
}

static void compile_fixed(struct compiler *c)
{
	while (*c->at)
		emit(c, OP_CHAR, (u8)*c->at++, 0);
}

const char *regex_compile(struct regex *re, const char *pattern, unsigned int flags)
{
	struct compiler c = {.re = re, .at = pattern};

	memset(re, 0, sizeof(*re));
	re->flags = flags;
	if (strlen(pattern) > REGEX_PATTERN_MAX)
		return "Regular expression too big";
	if (flags & REGEX_LINE)
		emit(&c, OP_LINE_START, 0, 0);
	if (flags & REGEX_WORD)
		emit(&c, OP_NOT_AFTER_WORD, 0, 0);
	if (flags & REGEX_FIXED)
		compile_fixed(&c);
	else
		parse_alternatives(&c);
	if (flags & REGEX_WORD)
		emit(&c, OP_NOT_BEFORE_WORD, 0, 0);
	if (flags & REGEX_LINE)
		emit(&c, OP_LINE_END, 0, 0);
	emit(&c, OP_MATCH, 0, 0);
	if (!c.trouble && *c.at)
		c.trouble = "Unmatched ) or \\)";
	return c.trouble;
}
