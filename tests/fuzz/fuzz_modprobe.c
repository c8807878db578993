/* SPDX-License-Identifier: MIT */
/*
 * fuzz_modprobe.c: any bytes as each of the files that modprobe reads, and as the kernel's command
 * line. What is handed out must lie inside the text and end there; lines, words and names must come
 * to an end; and what a table of aliases finds must be what fnmatch(3) says.
 */
#include <fnmatch.h>
#include <stdbool.h>
#include <string.h>

#include "fuzz.h"
#include "modprobe/probe.h"

void *kmalloc(size_t size, gfp_t flags)
{
	(void)flags;
	return malloc(size);
}

void *krealloc(void *old, size_t size, gfp_t flags)
{
	(void)flags;
	return realloc(old, size);
}

void kfree(const void *p)
{
	free((void *)p);
}

/* A copy with a NUL behind it, as text_read() makes one. */
static char *copy_of(const uint8_t *data, size_t size)
{
	char *copy = malloc(size + 1);

	memcpy(copy, data, size);
	copy[size] = '\0';
	return copy;
}

static bool inside(const char *p, const char *text, size_t size)
{
	return p >= text && p <= text + size;
}

static int count_hit(const struct name_row *row, void *count)
{
	(void)row;
	++*(unsigned int *)count;
	return 0;
}

/* Without brackets and backslashes, of which wildcard.c knows less than the C library. */
static bool is_simple(const char *pattern)
{
	return !strpbrk(pattern, "[\\");
}

static void check_table(const struct names *names, const char *name)
{
	unsigned int hits = 0, wanted = 0;

	for (unsigned int i = 0; i < names->count; i++) {
		if (!is_simple(names->rows[i].key))
			return;
		wanted += fnmatch(names->rows[i].key, name, FNM_NOESCAPE) == 0;
	}
	promise(names_match(names, name, count_hit, &hits) == 0);
	promise(hits == wanted);
}

static void check_conf(const uint8_t *data, size_t size)
{
	char *copy = copy_of(data, size), *line, name[64] = "";
	struct text text = {.at = copy, .end = copy + size};
	struct names names = {0};
	struct conf_line conf;

	while ((line = text_line(&text))) {
		promise(inside(line, copy, size) && inside(line + strlen(line), copy, size));
		conf_parse(line, &conf);
		promise(conf.kind <= CONF_BAD);
		if (conf.kind == CONF_OLD || conf.kind == CONF_BAD)
			promise(inside(conf.word, copy, size));
		if (conf.kind >= CONF_KINDS)
			continue;
		promise(inside(conf.key, copy, size) && *conf.key && conf.value);
		if (conf.kind != CONF_BLACKLIST)
			promise(inside(conf.value, copy, size) && *conf.value);
		if (conf.kind == CONF_ALIAS && strlen(conf.value) < sizeof(name))
			strcpy(name, conf.value);
		promise(names_add(&names, conf.key, strlen(conf.key), conf.value) == 0);
	}
	promise(text.at == text.end);
	promise(names_seal(&names) == 0);
	check_table(&names, name);
	names_free(&names);
	free(copy);
}

static void check_dep(const uint8_t *data, size_t size)
{
	char *copy = copy_of(data, size), *line;
	struct text text = {.at = copy, .end = copy + size};

	while ((line = text_line(&text))) {
		const char *at = dep_line(line), *word, *name;
		size_t len;

		len = path_module(line, strlen(line), &name);
		promise(inside(name, copy, size) && inside(name + len, copy, size));
		while (at && (len = next_word(&at, &word))) {
			promise(inside(word, copy, size) && inside(word + len, copy, size));
			len = path_module(word, len, &name);
			promise(name >= word && name + len <= at);
		}
	}
	free(copy);
}

static void check_softdep(const uint8_t *data, size_t size)
{
	char *copy = copy_of(data, size);
	size_t words = 0, named = 0, len;
	const char *at = copy, *name;

	while (next_word(&at, &name))
		words++;
	for (enum softdep_side side = SOFTDEP_PRE; side <= SOFTDEP_POST; side++) {
		enum softdep_side now = SOFTDEP_NONE;

		for (at = copy; (len = softdep_next(&at, &now, side, &name)); named++)
			promise(inside(name, copy, size) && inside(name + len, copy, size));
	}
	promise(named <= words);
	free(copy);
}

static void check_command_line(const uint8_t *data, size_t size)
{
	char *copy = copy_of(data, size), *at = copy, *key, *value;

	while (cmdline_next(&at, &key, &value) != CMDLINE_END) {
		promise(inside(at, copy, size) && inside(key, copy, size));
		promise(inside(value, copy, size) && inside(value + strlen(value), copy, size));
	}
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_conf(data, size);
	check_dep(data, size);
	check_softdep(data, size);
	check_command_line(data, size);
	return 0;
}
