/* SPDX-License-Identifier: MIT */
/* cmd_echo.c: echo, as bash has it built in. */
#include "shell/command.h"

#include <linux/ctype.h>
#include <linux/kernel.h>
#include <linux/string.h>

/* A word of only n, e and E behind the dash; anything else is text. */
static bool echo_options(const char *word, bool *newline, bool *escapes)
{
	if (word[0] != '-' || !word[1] || word[1 + strspn(word + 1, "neE")])
		return false;
	while (*++word) {
		if (*word == 'n')
			*newline = false;
		else
			*escapes = *word == 'e';
	}
	return true;
}

static int digit_value(char c)
{
	return isdigit(c) ? c - '0' : tolower(c) - 'a' + 10;
}

/* Up to @max digits of @base (8 or 16) at @s; the byte they mean goes into @c. */
static const char *read_digits(const char *s, unsigned int base, int max, char *c)
{
	unsigned int value = 0;

	while (max-- && isxdigit(*s) && digit_value(*s) < (int)base)
		value = value * base + (unsigned int)digit_value(*s++);
	*c = (char)value;
	return s;
}

/* One escape behind its backslash. False at \c, which ends all output. */
static bool echo_escape(struct io *io, const char **s)
{
	static const char letters[] = "abefnrtv\\", meaning[] = "\a\b\033\f\n\r\t\v\\";
	const char *known = **s ? strchr(letters, **s) : NULL;
	char c;

	if (**s == 'c')
		return false;
	if (known) {
		out_write(io, &meaning[known - letters], 1);
		++*s;
	} else if (**s == '0') {
		*s = read_digits(*s + 1, 8, 3, &c);
		out_write(io, &c, 1);
	} else if (**s == 'x' && isxdigit((*s)[1])) {
		*s = read_digits(*s + 1, 16, 2, &c);
		out_write(io, &c, 1);
	} else {
		out_write(io, "\\", 1);
	}
	return true;
}

static bool echo_word(struct io *io, const char *word, bool escapes)
{
	size_t len;

	if (!escapes) {
		out_write(io, word, strlen(word));
		return true;
	}
	for (;;) {
		len = strcspn(word, "\\");
		out_write(io, word, len);
		word += len;
		if (!*word)
			return true;
		word++;
		if (!echo_escape(io, &word))
			return false;
	}
}

static int echo_run(struct io *io, int argc, char **argv)
{
	bool newline = true, escapes = false;
	int i = 1, first;

	while (i < argc && echo_options(argv[i], &newline, &escapes))
		i++;
	for (first = i; i < argc; i++) {
		if (i > first)
			out_write(io, " ", 1);
		if (!echo_word(io, argv[i], escapes))
			return 0;
	}
	if (newline)
		out_write(io, "\n", 1);
	return 0;
}

const struct command cmd_echo = {
	.name = "echo",
	.usage = "[-neE] [WORD]...",
	.brief = "print words",
	.text = "  -n  no newline at the end\n"
		"  -e  \\n, \\t, \\\\, \\xHH, \\0NNN and others are escapes\n"
		"  -E  they are not (the default)",
	.run = echo_run,
	.plain = true,
};
