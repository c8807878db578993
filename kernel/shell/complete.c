/* SPDX-License-Identifier: MIT */
/*
 * complete.c: what Tab does. The first word of a command becomes a command's name; the words of
 * rmmod, names of loaded modules; those of ksym, names of symbols and modules; all others, paths of
 * files.
 */
#include "shell/command.h"

#include <linux/kernel.h>
#include <linux/string.h>
#include "log/log.h"
#include "module/modules.h"
#include "shell/columns.h"
#include "shell/line.h"
#include "shell/parse.h"
#include "sym/sym.h"

/* These need a backslash before them in a name. */
#define SPECIAL_CHARS " \t\\'\"|&;<>()*?[#$"

/* What could stand where the cursor is. */
struct context {
	enum { COMPLETE_COMMAND, COMPLETE_MODULE, COMPLETE_SYMBOL, COMPLETE_FILE } kind;
	char word[WORD_ROOM(LINE_MAX)]; /* as far as it is typed, without quotes */
	const char *base;		/* in it: behind the last slash */
	struct node *dir;		/* whose files are meant */
	bool quoted;			/* inside quotes: left alone */
};

typedef void (*candidate_fn)(const char *name, char ending, void *data);

/* --- what the cursor stands in --- */

static bool is_separator(enum token_type type)
{
	return type == TOKEN_PIPE || type == TOKEN_THEN || type == TOKEN_AND || type == TOKEN_OR ||
	       type == TOKEN_OTHER;
}

/* Splits "dir/ba" and finds the directory. */
static void context_find_directory(struct context *c)
{
	char *slash = strrchr(c->word, '/'), kept;

	if (!slash) {
		if (cwd_node(&c->dir))
			c->dir = NULL;
		return;
	}
	c->base = slash + 1;
	kept = slash[1];
	slash[1] = '\0';
	if (path_lookup(c->word, &c->dir) || !S_ISDIR(c->dir->mode))
		c->dir = NULL;
	slash[1] = kept;
}

static void context_read(struct context *c, const char *line)
{
	struct token token, word = {.start = ""}, first = {.start = ""};
	unsigned int words = 0; /* of this command, before the one that is completed */
	const char *at = line;

	for (token_next(&at, &token); token.type != TOKEN_END; token_next(&at, &token)) {
		if (is_separator(token.type))
			words = 0;
		if (token.type != TOKEN_WORD)
			continue;
		if (!words++)
			first = token;
		word = token;
	}
	/* Only a word that reaches up to the cursor is being typed; else a new one begins. */
	if (word.start + word.len == line + strlen(line) && word.len)
		words--;
	else
		word = (struct token){.start = ""};
	c->quoted = word.open_quote || *token.start == '#';
	if (!c->quoted)
		word_expand(&word, 0, false, c->word);
	c->base = c->word;
	c->kind = words || strchr(c->word, '/') ? COMPLETE_FILE : COMPLETE_COMMAND;
	if (words && first.len == 5 && memcmp(first.start, cmd_rmmod.name, 5) == 0)
		c->kind = COMPLETE_MODULE;
	if (words && first.len == 4 && memcmp(first.start, cmd_ksym.name, 4) == 0)
		c->kind = COMPLETE_SYMBOL;
	if (c->kind == COMPLETE_FILE && !c->quoted)
		context_find_directory(c);
}

/* --- what it could become --- */

/* One of the names that begin with what is typed. */
struct search {
	const char *base;
	candidate_fn fn;
	void *data;
};

static void offer(const struct search *s, const char *name, char ending)
{
	if (strncmp(name, s->base, strlen(s->base)) == 0)
		s->fn(name, ending, s->data);
}

static int offer_module(struct module *mod, void *data)
{
	offer(data, mod->name, ' ');
	return 0;
}

static int offer_symbol(const struct ksym *sym, void *data)
{
	offer(data, sym->name, ' ');
	return 0;
}

static bool is_directory(struct node *node)
{
	struct node *target;

	return !fs_lookup(node->parent, node->name, &target) && S_ISDIR(target->mode);
}

static void each_candidate(const struct context *c, candidate_fn fn, void *data)
{
	struct search s = {.base = c->base, .fn = fn, .data = data};
	const struct command *command;
	struct node *child;
	unsigned int i;

	if (c->quoted)
		return;
	if (c->kind == COMPLETE_COMMAND) {
		for (i = 0; (command = command_at(i)); i++)
			offer(&s, command->name, ' ');
	} else if (c->kind == COMPLETE_MODULE) {
		module_each(offer_module, &s);
	} else if (c->kind == COMPLETE_SYMBOL) {
		module_each(offer_module, &s);
		if (*c->base) /* thousands are of no help */
			sym_each(offer_symbol, &s);
	} else if (c->dir) {
		list_for_each_entry (child, &c->dir->children, siblings)
			if (child->name[0] != '.' || *c->base == '.')
				offer(&s, child->name, is_directory(child) ? '/' : ' ');
	}
}

/* --- completing --- */

/* What all candidates have in common. */
struct common {
	char name[FS_NAME_MAX + 1];
	char ending;
	unsigned int matches;
};

static void common_add(const char *name, char ending, void *data)
{
	struct common *common = data;
	size_t same = 0;

	common->ending = ending;
	if (!common->matches++) {
		strscpy(common->name, name, sizeof(common->name));
		return;
	}
	while (common->name[same] && common->name[same] == name[same])
		same++;
	common->name[same] = '\0';
}

/* The context is too large for the stack, and only one line is edited at a time. */
static struct context *context_of(const char *line)
{
	static struct context context;

	memset(&context, 0, sizeof(context));
	context_read(&context, line);
	return &context;
}

void complete_word(const char *line, struct completion *found)
{
	struct context *c = context_of(line);
	struct common common = {.matches = 0};
	char *out = found->insert;
	const char *rest;

	each_candidate(c, common_add, &common);
	found->matches = common.matches;
	if (!common.matches)
		return;
	for (rest = common.name + strlen(c->base); *rest; rest++) {
		if (strchr(SPECIAL_CHARS, *rest))
			*out++ = '\\';
		*out++ = *rest;
	}
	if (common.matches == 1)
		*out++ = common.ending;
	*out = '\0';
}

/* --- listing --- */

struct listing {
	size_t longest;
	size_t gap; /* to the next name of the row */
	unsigned int across, column;
};

static void measure(const char *name, char ending, void *data)
{
	struct listing *l = data;

	(void)ending;
	l->longest = max(l->longest, strlen(name));
}

/* Blanks come before a name rather than behind it, so that no row ends with them. */
static void write_name(const char *name, char ending, void *data)
{
	struct listing *l = data;

	(void)ending;
	if (l->column % l->across == 0)
		console_write("\n", l->column != 0);
	else
		for (; l->gap; l->gap--)
			console_write(" ", 1);
	console_write(name, strlen(name));
	l->gap = l->longest + COLUMN_GAP - strlen(name);
	l->column++;
}

void complete_list(const char *line)
{
	struct context *c = context_of(line);
	struct listing l = {0};

	each_candidate(c, measure, &l);
	l.across = (unsigned int)max_t(size_t, 1, SCREEN_COLUMNS / (l.longest + COLUMN_GAP));
	each_candidate(c, write_name, &l);
	console_write("\n", 1);
}
