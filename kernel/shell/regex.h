/* SPDX-License-Identifier: MIT */
/*
 * regex.h: regular expressions, basic and extended (POSIX, Base Definitions, 9) with GNU's \| \+ \?
 * \w \s \< \> \b; without back references and {m,n}. Pure: the memory is the caller's.
 *
 * A pattern becomes a small program, and matching follows all of its paths at once, so that a line
 * of n bytes costs O(n * pattern) whatever the pattern is.
 */
#ifndef KOAN_SHELL_REGEX_H
#define KOAN_SHELL_REGEX_H

#include <linux/types.h>
#include <linux/compiler.h>

enum regex_flags {
	REGEX_EXTENDED = 1,
	REGEX_FIXED = 2, /* no character means anything but itself */
	REGEX_FOLD = 4,	 /* upper and lower case are the same */
	REGEX_WORD = 8,	 /* what matches must not touch other letters */
	REGEX_LINE = 16, /* and must be the whole line */
};

#define REGEX_PATTERN_MAX 1024
#define REGEX_GROUPS_MAX  32 /* inside each other */
#define REGEX_SET_BYTES	  32 /* a bit for each byte there is */

enum regex_op {
	OP_CHAR,       /* this byte */
	OP_ANY,	       /* any byte */
	OP_SET,	       /* one of a set */
	OP_LINE_START, /* the rest look, and take nothing */
	OP_LINE_END,
	OP_WORD_START,
	OP_WORD_END,
	OP_WORD_EDGE,
	OP_NOT_AFTER_WORD,
	OP_NOT_BEFORE_WORD,
	OP_SPLIT, /* goes on at the next instruction and at `to` */
	OP_JUMP,  /* goes on at `to` */
	OP_MATCH,
};

struct regex_insn {
	u8 op;
	u8 c;	/* OP_CHAR */
	s16 to; /* OP_SPLIT, OP_JUMP: counted from here; OP_SET: which set */
};

/* Each character makes at most two instructions; then there are those around, and OP_MATCH. */
#define REGEX_INSNS_MAX (2 * REGEX_PATTERN_MAX + 8)
/* The shortest set is two bytes of pattern: \w. */
#define REGEX_SETS_MAX (REGEX_PATTERN_MAX / 2)

/* A place in the program for each path, and whether it is in the list already. */
struct regex_paths {
	u16 at[REGEX_INSNS_MAX];
	unsigned int count;
};

struct regex {
	unsigned int flags;
	struct regex_insn insns[REGEX_INSNS_MAX];
	unsigned int count;
	u8 sets[REGEX_SETS_MAX][REGEX_SET_BYTES];
	unsigned int set_count;
	/* What matching needs; nothing in it outlives a call. */
	struct regex_paths paths[2];
	u16 stack[REGEX_INSNS_MAX];
	u32 seen[REGEX_INSNS_MAX]; /* the step in which the instruction was put into a list */
	u32 step;
};

/* NULL, or what is wrong with the pattern, in GNU's words. */
__must_check const char *regex_compile(struct regex *re, const char *pattern, unsigned int flags);
/* Whether some part of the line matches. Changes only the scratch memory in @re. */
bool regex_match(struct regex *re, const char *line, size_t len);

/* --- regex_set.c, for regex_compile() --- */

/* Behind the "[" at *@at: fills @set, moves *@at behind the "]". NULL, or what is wrong. */
__must_check const char *regex_set_parse(u8 *set, const char **at);
/* w s: letters, digits and `_`; white space. W S: all others. */
void regex_set_letter(u8 *set, char letter);

#endif
