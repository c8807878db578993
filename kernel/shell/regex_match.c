/* SPDX-License-Identifier: MIT */
/*
 * regex_match.c: runs the program of a pattern over a line.
 *
 * All paths through the program advance together, byte by byte. Two paths that reach the same
 * instruction are one from there on, so that there are never more paths than instructions.
 */
#include "shell/regex.h"

#include <linux/ctype.h>
#include <linux/kernel.h>
#include <linux/string.h>

/* Where in the line we are: between `before` and `next`, each -1 at an end. */
struct place {
	int before, next;
};

static bool is_word(int c)
{
	return isalnum(c) || c == '_';
}

/* Whether an instruction that takes no byte lets a path through. */
static bool passes(enum regex_op op, const struct place *p)
{
	bool after = is_word(p->before), ahead = is_word(p->next);

	switch (op) {
	case OP_LINE_START:
		return p->before < 0;
	case OP_LINE_END:
		return p->next < 0;
	case OP_WORD_START:
		return !after && ahead;
	case OP_WORD_END:
		return after && !ahead;
	case OP_WORD_EDGE:
		return after != ahead;
	case OP_NOT_AFTER_WORD:
		return !after;
	case OP_NOT_BEFORE_WORD:
		return !ahead;
	default:
		return false;
	}
}

static bool in_set(const u8 *set, int byte)
{
	return set[byte / 8] >> byte % 8 & 1;
}

static bool takes(const struct regex *re, const struct regex_insn *insn, int byte)
{
	bool fold = re->flags & REGEX_FOLD;

	switch (insn->op) {
	case OP_ANY:
		return true;
	case OP_CHAR:
		return fold ? tolower(insn->c) == tolower(byte) : insn->c == byte;
	case OP_SET:
		return in_set(re->sets[insn->to], byte) ||
		       (fold && (in_set(re->sets[insn->to], tolower(byte)) ||
				 in_set(re->sets[insn->to], toupper(byte))));
	default:
		return false;
	}
}

static void push(struct regex *re, unsigned int *top, unsigned int at)
{
	if (re->seen[at] == re->step)
		return;
	re->seen[at] = re->step;
	re->stack[(*top)++] = (u16)at;
}

/*
 * Follows everything that takes no byte, from instruction @at on, and puts what it ends at into
 * @list. True when that is the end of the program: the line matches.
 */
static bool follow(struct regex *re, struct regex_paths *list, unsigned int at,
		   const struct place *place)
{
	unsigned int top = 0;

	push(re, &top, at);
	while (top) {
		const struct regex_insn *insn = &re->insns[at = re->stack[--top]];

		if (insn->op == OP_MATCH)
			return true;
		if (insn->op <= OP_SET)
			list->at[list->count++] = (u16)at;
		else if (insn->op == OP_SPLIT || insn->op == OP_JUMP)
			push(re, &top, (unsigned int)((int)at + insn->to));
		if (insn->op == OP_SPLIT || passes(insn->op, place))
			push(re, &top, at + 1);
	}
	return false;
}

/* Moves each path of @from over @byte into @to; @place lies behind the byte. */
static bool advance(struct regex *re, const struct regex_paths *from, struct regex_paths *to,
		    int byte, const struct place *place)
{
	unsigned int i;

	for (i = 0; i < from->count; i++)
		if (takes(re, &re->insns[from->at[i]], byte) &&
		    follow(re, to, from->at[i] + 1U, place))
			return true;
	return false;
}

bool regex_match(struct regex *re, const char *line, size_t len)
{
	struct regex_paths *now = &re->paths[0], *then = &re->paths[1];
	struct place place = {.before = -1};
	size_t i;

	memset(re->seen, 0, re->count * sizeof(*re->seen));
	re->step = 0;
	now->count = 0;
	for (i = 0; i <= len; i++) {
		place.next = i < len ? (u8)line[i] : -1;
		re->step++;
		then->count = 0;
		/* Paths that are under way, and a new one that begins here. */
		if (i && advance(re, now, then, (u8)line[i - 1], &place))
			return true;
		if (follow(re, then, 0, &place))
			return true;
		place.before = place.next;
		swap(now, then);
	}
	return false;
}
