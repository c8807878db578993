/* SPDX-License-Identifier: MIT */
/*
 * test_probe.c: what modprobe makes of the files it reads (kernel/modprobe/lines.c). All texts lie on
 * exactly as much heap as they need. How it finds names again is in test_names.c.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <linux/errno.h>

#include "modprobe/probe.h"

/* --- lines --- */

static char *exactly(const char *s)
{
	char *copy = malloc(strlen(s) + 1);

	strcpy(copy, s);
	return copy;
}

static void check_lines(const char *file, unsigned int count, const char *const *lines)
{
	char *copy = exactly(file), *line;
	struct text text = {.at = copy, .end = copy + strlen(copy)};

	for (unsigned int i = 0; i < count; i++) {
		line = text_line(&text);
		assert_non_null(line);
		assert_string_equal(line, lines[i]);
	}
	assert_null(text_line(&text));
	assert_null(text_line(&text));
	free(copy);
}

static void test_text_line(void **state)
{
	(void)state;
	check_lines("", 0, NULL);
	check_lines("\n", 1, (const char *[]){""});
	check_lines("a\nb", 2, (const char *[]){"a", "b"});
	check_lines("a\n\nb\n", 3, (const char *[]){"a", "", "b"});
	/* A backslash joins, once or again, and not in the middle of a line. */
	check_lines("a\\\nb\nc", 2, (const char *[]){"ab", "c"});
	check_lines("a \\\n b \\\n c\n", 1, (const char *[]){"a  b  c"});
	check_lines("a\\b\n", 1, (const char *[]){"a\\b"});
	check_lines("\\\n\\\n", 1, (const char *[]){""});
	check_lines("a\\", 1, (const char *[]){"a\\"});
}

/* What a message tells: the number of the line that was read last. */
static void test_line_numbers(void **state)
{
	char *copy = exactly("a\nb\\\nc\nd");
	struct text text = {.at = copy, .end = copy + strlen(copy)};

	(void)state;
	text_line(&text);
	assert_int_equal(text.line, 1);
	text_line(&text);
	assert_int_equal(text.line, 3);
	text_line(&text);
	assert_int_equal(text.line, 4);
	free(copy);
}

static void test_words(void **state)
{
	char *copy = exactly(" \tone  two\r\tthree ");
	const char *at = copy, *word;

	(void)state;
	assert_int_equal(next_word(&at, &word), 3);
	assert_memory_equal(word, "one", 3);
	assert_int_equal(next_word(&at, &word), 3);
	assert_memory_equal(word, "two", 3);
	assert_int_equal(next_word(&at, &word), 5);
	assert_memory_equal(word, "three", 5);
	assert_int_equal(next_word(&at, &word), 0);
	assert_int_equal(next_word(&at, &word), 0);
	free(copy);
}

static void test_module_of_a_path(void **state)
{
	static const struct {
		const char *path, *module;
	} rows[] = {
		{"kernel/a/my-mod.ko", "my-mod"},
		{"my_mod.ko.gz", "my_mod"},
		{"/abs/x.ko", "x"},
		{"kernel/no_ending", "no_ending"},
		{"dir.d/x.ko", "x"},
		{"kernel/", ""},
		{".ko", ""},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *copy = exactly(rows[i].path);
		const char *name;
		size_t len = path_module(copy, strlen(copy), &name);

		assert_int_equal(len, strlen(rows[i].module));
		assert_memory_equal(name, rows[i].module, len);
		free(copy);
	}
}

static void test_normal_names(void **state)
{
	static const struct {
		const char *name, *normal; /* NULL: refused */
	} rows[] = {
		{"a-b_c", "a_b_c"}, {"x-[a-z]-y", "x_[a-z]_y"},
		{"[-]", "[-]"},	    {"a[b", NULL},
		{"a]b", NULL},	    {"[[]", NULL},
		{"[]]", NULL},	    {"", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *copy = exactly(rows[i].name);

		assert_int_equal(name_normalize(copy), rows[i].normal != NULL);
		if (rows[i].normal)
			assert_string_equal(copy, rows[i].normal);
		free(copy);
	}
}

static void test_dep_line(void **state)
{
	char *line = exactly("kernel/a.ko: kernel/b.ko kernel/c.ko");

	(void)state;
	assert_string_equal(dep_line(line), " kernel/b.ko kernel/c.ko");
	assert_string_equal(line, "kernel/a.ko");
	assert_null(dep_line(line));
	free(line);
}

/* --- modprobe.d --- */

static void test_conf_lines(void **state)
{
	static const struct {
		const char *line;
		enum conf_kind kind;
		const char *key, *value;
	} rows[] = {
		{"alias a-b c-d", CONF_ALIAS, "a_b", "c_d"},
		{"\talias  x*  y  more words", CONF_ALIAS, "x*", "y"},
		{"alias pci:v[A-F]* y", CONF_ALIAS, "pci:v[A-F]*", "y"},
		{"blacklist a-b", CONF_BLACKLIST, "a_b", ""},
		{"blacklist a more", CONF_BLACKLIST, "a", ""},
		{"options a-b c-d=1  e=\"f g\"", CONF_OPTIONS, "a_b", "c-d=1  e=\"f g\""},
		{"softdep a pre: b-c post: d", CONF_SOFTDEP, "a", "pre: b-c post: d"},
		{"weakdep a b-c d", CONF_WEAKDEP, "a", "b-c d"},
		{"install a-b /bin/true --x", CONF_INSTALL, "a_b", "/bin/true --x"},
		{"remove a /bin/false", CONF_REMOVE, "a", "/bin/false"},
		{"", CONF_NOTHING, NULL, NULL},
		{" \t ", CONF_NOTHING, NULL, NULL},
		{"# alias a b", CONF_NOTHING, NULL, NULL},
		{"include x", CONF_OLD, NULL, NULL},
		{"config binary_indexes yes", CONF_OLD, NULL, NULL},
		{"alias", CONF_BAD, NULL, NULL},
		{"alias a", CONF_BAD, NULL, NULL},
		{"alias a[ b", CONF_BAD, NULL, NULL},
		{"alias a b]", CONF_BAD, NULL, NULL},
		{"blacklist", CONF_BAD, NULL, NULL},
		{"options a", CONF_BAD, NULL, NULL},
		{"softdep a", CONF_BAD, NULL, NULL},
		{"install a", CONF_BAD, NULL, NULL},
		{"aliases a b", CONF_BAD, NULL, NULL},
		{"Alias a b", CONF_BAD, NULL, NULL},
		{" # not at the beginning", CONF_BAD, NULL, NULL},
	};
	struct conf_line conf;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *line = exactly(rows[i].line);

		conf_parse(line, &conf);
		assert_int_equal(conf.kind, rows[i].kind);
		if (rows[i].key) {
			assert_string_equal(conf.key, rows[i].key);
			assert_string_equal(conf.value, rows[i].value);
			assert_string_equal(conf.word, conf_word(conf.kind));
		}
		free(line);
	}
}

/* --- the command line --- */

static void check_cmdline(const char *cmdline, const char *wanted)
{
	char *copy = exactly(cmdline), *at = copy, *key, *value, said[256] = "";
	enum cmdline_kind kind;

	while ((kind = cmdline_next(&at, &key, &value)) != CMDLINE_END) {
		size_t len = strlen(said);

		if (kind == CMDLINE_OPTION)
			snprintf(said + len, sizeof(said) - len, "{%s %s}", key, value);
		else
			snprintf(said + len, sizeof(said) - len, "[%s]", value);
	}
	assert_string_equal(said, wanted);
	free(copy);
}

static void test_command_line(void **state)
{
	(void)state;
	check_cmdline("", "");
	check_cmdline("quiet ro root=/dev/sda", "");
	check_cmdline("my-mod.level=3 other.flag", "{my_mod level=3}{other flag}");
	check_cmdline("modprobe.blacklist=a,b-c x.y=1", "[a,b-c]{x y=1}");
	check_cmdline("modprobe.other=1", "");
	check_cmdline("a.b=1.5 a.b.c=1 .x=1 a. a=b.c", "{a b=1.5}");
	check_cmdline("m.text=\"two words\" n.x", "{m text=\"two words\"}{n x}");
	check_cmdline("\"m.text=two words\" n.x", "{m text=\"two words\"}{n x}");
	check_cmdline("m.text=\"no end", "{m text=\"no end}");
}

/* --- softdep --- */

static void check_softdep(const char *value, enum softdep_side side, const char *wanted)
{
	char *copy = exactly(value), said[128] = "";
	enum softdep_side now = SOFTDEP_NONE;
	const char *at = copy, *name;
	size_t len;

	while ((len = softdep_next(&at, &now, side, &name)))
		snprintf(said + strlen(said), sizeof(said) - strlen(said), "%.*s ", (int)len, name);
	assert_string_equal(said, wanted);
	free(copy);
}

static void test_softdep(void **state)
{
	(void)state;
	check_softdep("pre: a b post: c", SOFTDEP_PRE, "a b ");
	check_softdep("pre: a b post: c", SOFTDEP_POST, "c ");
	check_softdep("post: a pre: b post: c  pre: d", SOFTDEP_PRE, "b d ");
	check_softdep("post: a pre: b post: c  pre: d", SOFTDEP_POST, "a c ");
	check_softdep("lost pre:", SOFTDEP_PRE, "");
	check_softdep("pre:a", SOFTDEP_PRE, "");
	check_softdep("", SOFTDEP_POST, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_line),    cmocka_unit_test(test_line_numbers),
		cmocka_unit_test(test_words),	     cmocka_unit_test(test_module_of_a_path),
		cmocka_unit_test(test_normal_names), cmocka_unit_test(test_dep_line),
		cmocka_unit_test(test_conf_lines),   cmocka_unit_test(test_command_line),
		cmocka_unit_test(test_softdep),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
