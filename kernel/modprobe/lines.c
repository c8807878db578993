/* SPDX-License-Identifier: MIT */
/*
 * lines.c: the formats of the files that depmod and people write. Pure: the text is cut up where
 * it lies, and what is returned leads into it. Where the formats leave a choice, kmod's is taken.
 */
#include "modprobe/probe.h"

#include <linux/ctype.h>
#include <linux/kernel.h>
#include <linux/string.h>

#define BLANKS " \t\r"

/* --- lines, words, names --- */

char *text_line(struct text *text)
{
	char *line = text->at, *to = line, *newline;
	size_t len;

	if (text->at >= text->end)
		return NULL;
	for (;;) {
		newline = memchr(text->at, '\n', (size_t)(text->end - text->at));
		len = (size_t)((newline ?: text->end) - text->at);
		memmove(to, text->at, len);
		to += len;
		text->line++;
		text->at = newline ? newline + 1 : text->end;
		if (!newline || to == line || to[-1] != '\\')
			break;
		to--;
	}
	*to = '\0';
	return line;
}

size_t next_word(const char **at, const char **word)
{
	size_t len;

	*word = *at + strspn(*at, BLANKS);
	len = strcspn(*word, BLANKS);
	*at = *word + len;
	return len;
}

size_t path_module(const char *path, size_t len, const char **name)
{
	const char *end = path + len, *dot;

	for (*name = end; *name > path && (*name)[-1] != '/'; (*name)--)
		;
	dot = memchr(*name, '.', (size_t)(end - *name));
	return (size_t)((dot ?: end) - *name);
}

bool name_normalize(char *name)
{
	bool in_brackets = false;

	for (; *name; name++) {
		if (*name == (in_brackets ? '[' : ']'))
			return false;
		if (*name == '[' || *name == ']')
			in_brackets = !in_brackets;
		else if (*name == '-' && !in_brackets)
			*name = '_';
	}
	return !in_brackets;
}

/* Cuts the next word off *@at; NULL when there is none. What is behind its blank is left there. */
static char *cut_word(char **at)
{
	char *word = *at + strspn(*at, BLANKS);

	*at = word + strcspn(word, BLANKS);
	if (**at)
		*(*at)++ = '\0';
	return *word ? word : NULL;
}

bool is_conf_file(const char *name)
{
	const size_t len = strlen(name), ending = strlen(".conf");

	return len > ending && strcmp(name + len - ending, ".conf") == 0;
}

/* --- modules.dep --- */

char *dep_line(char *line)
{
	char *colon = strchr(line, ':');

	if (!colon)
		return NULL;
	*colon = '\0';
	return colon + 1;
}

/* --- modprobe.d --- */

const char *conf_word(enum conf_kind kind)
{
	static const char *const words[CONF_KINDS] = {
		[CONF_ALIAS] = "alias",	    [CONF_BLACKLIST] = "blacklist",
		[CONF_OPTIONS] = "options", [CONF_SOFTDEP] = "softdep",
		[CONF_INSTALL] = "install", [CONF_REMOVE] = "remove",
		[CONF_WEAKDEP] = "weakdep",
	};

	return words[kind];
}

static enum conf_kind conf_kind(const char *word)
{
	unsigned int kind;

	for (kind = 0; kind < CONF_KINDS; kind++)
		if (strcmp(word, conf_word(kind)) == 0)
			return kind;
	return strcmp(word, "include") == 0 || strcmp(word, "config") == 0 ? CONF_OLD : CONF_BAD;
}

/* What is behind the key, as the kind wants it; NULL when it lacks something. */
static char *conf_value(enum conf_kind kind, char *rest)
{
	char *value;

	switch (kind) {
	case CONF_BLACKLIST:
		return "";
	case CONF_ALIAS:
		value = cut_word(&rest);
		return value && name_normalize(value) ? value : NULL;
	default:
		return *rest ? rest : NULL;
	}
}

void conf_parse(char *line, struct conf_line *conf)
{
	*conf = (struct conf_line){.kind = CONF_NOTHING};
	if (*line == '#')
		return;
	conf->word = cut_word(&line);
	if (!conf->word)
		return;
	conf->kind = conf_kind(conf->word);
	if (conf->kind >= CONF_KINDS)
		return;
	conf->key = cut_word(&line);
	if (conf->key && name_normalize(conf->key))
		conf->value = conf_value(conf->kind, line);
	if (!conf->value)
		conf->kind = CONF_BAD;
}

/* --- the kernel's command line --- */

/* Up to the next blank that is not in quotes, which is cut off; moves *@at behind it. */
static char *cut_quoted(char **at)
{
	char *word = skip_spaces(*at), *p;
	bool quoted = false;

	for (p = word; *p && (quoted || !isspace(*p)); p++)
		quoted ^= *p == '"';
	*at = p;
	if (*p)
		*(*at)++ = '\0';
	return word;
}

/* "mod.a=1 2" with the quotes around it becomes mod.a="1 2". */
static void move_quote(char *word)
{
	char *equals = strchr(word, '=');

	if (*word != '"' || !equals)
		return;
	memmove(word, word + 1, (size_t)(equals - word));
	*equals = '"';
}

/* Cuts "mod.a=1" at its dot, which must come before `=` and be the only one there. */
static bool cut_option(char *word, char **key, char **value)
{
	char *dot = strchr(word, '.'), *equals = strchr(word, '=');

	if (!dot || dot == word || !dot[1] || (equals && equals < dot))
		return false;
	*dot = '\0';
	*key = word;
	*value = dot + 1;
	dot = strchr(*value, '.');
	return name_normalize(word) && (!dot || (equals && equals < dot));
}

enum cmdline_kind cmdline_next(char **at, char **key, char **value)
{
	char *word;

	for (;;) {
		word = cut_quoted(at);
		if (!*word)
			return CMDLINE_END;
		move_quote(word);
		if (!cut_option(word, key, value))
			continue;
		if (strcmp(*key, "modprobe") != 0)
			return CMDLINE_OPTION;
		if (strncmp(*value, "blacklist=", strlen("blacklist=")) != 0)
			continue;
		*value += strlen("blacklist=");
		return CMDLINE_BLACKLIST;
	}
}

/* --- softdep --- */

static bool word_is(const char *word, size_t len, const char *what)
{
	return strlen(what) == len && memcmp(word, what, len) == 0;
}

size_t softdep_next(const char **at, enum softdep_side *now, enum softdep_side side,
		    const char **name)
{
	size_t len;

	while ((len = next_word(at, name))) {
		if (word_is(*name, len, "pre:"))
			*now = SOFTDEP_PRE;
		else if (word_is(*name, len, "post:"))
			*now = SOFTDEP_POST;
		else if (*now == side)
			return len;
	}
	return 0;
}
