/* SPDX-License-Identifier: MIT */
/* words.c: the words of a command, on the heap, in a list that grows. */
#include "shell/command.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "shell/parse.h"

#define WORDS_FIRST_ROOM 8

/* Room for one more word and for the NULL behind it. */
static int words_reserve(struct words *words)
{
	int room = max(words->room * 2, WORDS_FIRST_ROOM);
	char **v;

	if (words->n + 2 <= words->room)
		return 0;
	v = krealloc(words->v, (size_t)room * sizeof(*v), GFP_KERNEL);
	if (!v)
		return -ENOMEM;
	words->v = v;
	words->room = room;
	return 0;
}

int words_add(struct words *words, char *word)
{
	if (!word || words_reserve(words)) {
		kfree(word);
		return -ENOMEM;
	}
	words->v[words->n++] = word;
	words->v[words->n] = NULL;
	return 0;
}

void words_shift(struct words *words)
{
	if (!words->n)
		return;
	kfree(words->v[0]);
	memmove(words->v, words->v + 1, (size_t)words->n * sizeof(*words->v));
	words->n--;
}

void words_free(struct words *words)
{
	while (words->n)
		kfree(words->v[--words->n]);
	kfree(words->v);
	*words = (struct words){0};
}

/* The word without its quotes, or, with @pattern, ready for glob_expand(). */
static char *unquote(const struct token *token, int status, bool pattern)
{
	char *word = kmalloc(WORD_ROOM(token->len), GFP_KERNEL);

	if (word)
		word_expand(token, status, pattern, word);
	return word;
}

int words_expand(struct words *words, const struct token *token, int status)
{
	int before = words->n, err;
	char *pattern;

	if (word_has_pattern(token)) {
		pattern = unquote(token, status, true);
		err = pattern ? glob_expand(words, pattern) : -ENOMEM;
		kfree(pattern);
		if (err || words->n > before)
			return err;
	}
	/* A pattern that names nothing stands for itself. */
	return words_add(words, unquote(token, status, false));
}
