/* SPDX-License-Identifier: MIT */
/* options.c: reads a command's options as getopt(3) does, with the GNU tools' words for mistakes. */
#include "shell/command.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>

void options_start(struct options *o, struct io *io, const char *spec, int argc, char **argv)
{
	*o = (struct options){.io = io, .spec = spec, .argc = argc, .argv = argv, .next = 1};
}
EXPORT_SYMBOL(options_start);

int bad_usage(struct io *io)
{
	err(io, "Try '%s --help' for more information.\n", io->name);
	return 1;
}
EXPORT_SYMBOL(bad_usage);

int extra_operand(struct io *io, const char *operand)
{
	complain(io, "extra operand '%s'\n", operand);
	return bad_usage(io);
}
EXPORT_SYMBOL(extra_operand);

/* The letter's argument is the rest of this word, or the next one. */
static int take_argument(struct options *o, int letter)
{
	if (*o->rest) {
		o->arg = o->rest;
	} else if (o->next < o->argc) {
		o->arg = o->argv[o->next++];
	} else {
		complain(o->io, "option requires an argument -- '%c'\n", letter);
		bad_usage(o->io);
		return '?';
	}
	o->rest = NULL;
	return letter;
}

static int take_letter(struct options *o)
{
	int letter = *o->rest++;
	const char *known = letter == ':' || letter == '+' ? NULL : strchr(o->spec, letter);

	if (!known) {
		complain(o->io, "invalid option -- '%c'\n", letter);
		bad_usage(o->io);
		return '?';
	}
	return known[1] == ':' ? take_argument(o, letter) : letter;
}

/* "--NAME", which takes no argument. */
static int take_long(struct options *o, const char *word)
{
	const struct long_option *option;

	for (option = o->longs; option && option->name; option++)
		if (strcmp(word + 2, option->name) == 0)
			return option->letter;
	complain(o->io, "unrecognized option '%s'\n", word);
	bad_usage(o->io);
	return '?';
}

int option_next(struct options *o)
{
	char *word;

	while (!o->rest || !*o->rest) {
		if (o->next >= o->argc)
			return 0;
		word = o->argv[o->next++];
		if (o->only_operands || word[0] != '-' || !word[1]) {
			swap(o->argv[o->next - 1], o->argv[o->operands + 1]);
			o->operands++;
			o->only_operands |= *o->spec == '+';
		} else if (strcmp(word, "--") == 0) {
			o->only_operands = true;
		} else if (word[1] == '-') {
			return take_long(o, word);
		} else {
			o->rest = word + 1;
		}
	}
	return take_letter(o);
}
EXPORT_SYMBOL(option_next);

bool options_none(struct io *io, int argc, char **argv)
{
	struct options o;

	options_start(&o, io, "", argc, argv);
	if (option_next(&o))
		return false;
	if (o.operands)
		extra_operand(io, argv[1]);
	return !o.operands;
}

bool option_number(struct io *io, const char *what, const char *text, u64 *value)
{
	/* kstrtoull() would take "+5" and "5\n". */
	if (!text[strspn(text, "0123456789")] && kstrtoull(text, 10, value) == 0)
		return true;
	complain(io, "invalid %s: '%s'\n", what, text);
	return false;
}
