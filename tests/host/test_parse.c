/* SPDX-License-Identifier: MIT */
/*
 * test_parse.c: kernel/shell/parse.c: tokens and words as they should be, and random lines against
 * bash, from which the rules and the messages come.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include <linux/errno.h>

#include "libc.h"
#include "shell/parse.h"

#define STATUS 7 /* what `$?` is in these tests */

static unsigned long long seed = 1;

static size_t below(size_t n)
{
	return next_random(&seed) % n;
}

/* On exactly as much heap as it needs. */
static char *exact_copy(const char *s)
{
	char *copy = malloc(strlen(s) + 1);

	return strcpy(copy, s);
}

/* "<word> |" and so on: what each token of @line is. */
static void describe(const char *line, bool pattern, char *out)
{
	static const char *const names[] = {
		[TOKEN_PIPE] = "|",	    [TOKEN_IN] = "<",
		[TOKEN_OUT] = ">",	    [TOKEN_OUT_APPEND] = ">>",
		[TOKEN_ERR] = "2>",	    [TOKEN_ERR_APPEND] = "2>>",
		[TOKEN_BOTH] = "&>",	    [TOKEN_ERR_TO_OUT] = "2>&1",
		[TOKEN_OUT_TO_ERR] = ">&2", [TOKEN_THEN] = ";",
		[TOKEN_AND] = "&&",	    [TOKEN_OR] = "||",
		[TOKEN_OTHER] = "?",
	};
	struct token t;

	for (*out = '\0', token_next(&line, &t); t.type != TOKEN_END; token_next(&line, &t)) {
		char *word = malloc(WORD_ROOM(t.len));

		if (t.type == TOKEN_WORD) {
			word_expand(&t, STATUS, pattern, word);
			sprintf(out + strlen(out), "<%s>", word);
		} else {
			strcat(out, names[t.type]);
		}
		free(word);
	}
}

static void expect(const char *line, const char *tokens)
{
	char *exact = exact_copy(line), out[4096], error[PARSE_ERROR_MAX];

	assert_int_equal(parse_check(exact, error), 0);
	describe(exact, false, out);
	assert_string_equal(out, tokens);
	free(exact);
}

static void expect_error(const char *line, const char *message)
{
	char *exact = exact_copy(line), error[PARSE_ERROR_MAX];

	assert_int_equal(parse_check(exact, error), -EINVAL);
	assert_string_equal(error, message);
	free(exact);
}

static void test_tokens(void **state)
{
	(void)state;
	expect("", "");
	expect("  \t ", "");
	expect("ls -l /root", "<ls><-l></root>");
	expect("a|b&&c||d;e", "<a>|<b>&&<c>||<d>;<e>");
	expect("a>f b >>g<h", "<a>><f><b>>><g><<h>");
	expect("a 2>f 2>>g 2>&1 >&2 &>h 1>i", "<a>2><f>2>><g>2>&1>&2&><h>><i>");
	expect("a2>f", "<a2>><f>"); /* only a 2 that stands alone is a number */
	expect("a # b | c", "<a>");
	expect("# all of it", "");
	expect("a#b", "<a#b>");
	expect("a;", "<a>;");
	expect(">f", "><f>");
	expect("2>&1 ls", "2>&1<ls>");
}

static void test_quotes(void **state)
{
	(void)state;
	expect("'a b' \"c d\" e\\ f", "<a b><c d><e f>");
	expect("a'b'\"c\"d", "<abcd>");
	expect("'' \"\"", "<><>");
	expect("'\"' \"'\"", "<\"><'>");
	expect("'a\\b' \"a\\b\" a\\b", "<a\\b><a\\b><ab>");
	expect("\"\\\"\\\\\\$\\`\"", "<\"\\$`>");
	expect("'|' \"&&\" \\; '#'", "<|><&&><;><#>");
	expect("who=\"a b\"", "<who=a b>");
}

static void test_status(void **state)
{
	(void)state;
	expect("$? \"$?\" '$?' \\$? x$?y", "<7><7><$?><$?><x7y>");
	expect("$ $x \"$\"", "<$><$x><$>");
}

static void test_status_is_cut_to_a_byte(void **state)
{
	struct token t = {.type = TOKEN_WORD, .start = "$?", .len = 2};
	char word[WORD_ROOM(2)];

	(void)state;
	word_expand(&t, 255, false, word);
	assert_string_equal(word, "255");
	word_expand(&t, 256 + 3, false, word);
	assert_string_equal(word, "3");
	word_expand(&t, -1, false, word);
	assert_string_equal(word, "255");
}

/* In a pattern, what was quoted stays so; only what is not makes a word a pattern. */
static void test_patterns(void **state)
{
	static const struct {
		const char *word;
		bool is_pattern;
		const char *expanded;
	} words[] = {
		{"*.ko", true, "<*.ko>"},   {"'*'.ko", false, "<\\*.ko>"}, {"\\*", false, "<\\*>"},
		{"a'?'*", true, "<a\\?*>"}, {"\"[\"a]", false, "<\\[a]>"}, {"[ab]", true, "<[ab]>"},
		{"'\\'*", true, "<\\\\*>"}, {"plain", false, "<plain>"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		const char *at = words[i].word;
		struct token t;
		char out[256];

		token_next(&at, &t);
		assert_int_equal(word_has_pattern(&t), words[i].is_pattern);
		describe(words[i].word, true, out);
		assert_string_equal(out, words[i].expanded);
	}
}

static void test_errors(void **state)
{
	(void)state;
	expect_error("|", "syntax error near unexpected token `|'");
	expect_error("a | | b", "syntax error near unexpected token `|'");
	expect_error("a ; ; b", "syntax error near unexpected token `;'");
	expect_error("a ;; b", "syntax error near unexpected token `;;'");
	expect_error("&& a", "syntax error near unexpected token `&&'");
	expect_error("a >", "syntax error near unexpected token `newline'");
	expect_error("a > | b", "syntax error near unexpected token `|'");
	expect_error("a |", "syntax error: unexpected end of file");
	expect_error("a &&", "syntax error: unexpected end of file");
	expect_error("a (b)", "syntax error near unexpected token `('");
	expect_error("a & b", "syntax error near unexpected token `&'");
	expect_error("'a", "unexpected EOF while looking for matching `''");
	expect_error("a > \"b", "unexpected EOF while looking for matching `\"'");
	expect_error("\"a\\\"", "unexpected EOF while looking for matching `\"'");
}

/* --- against bash --- */

static char *bash_output(const char *script, char *out, size_t room)
{
	char path[] = "/tmp/koan-test-parse-XXXXXX", command[64];
	int fd = mkstemp(path);
	size_t len;
	FILE *f;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, script, strlen(script)), (ssize_t)strlen(script));
	close(fd);
	snprintf(command, sizeof(command), "bash %s 2>&1", path);
	f = popen(command, "r");
	len = fread(out, 1, room - 1, f);
	out[len] = '\0';
	pclose(f);
	unlink(path);
	return out;
}

static void random_line(char *line, size_t most, const char *const *parts, size_t count)
{
	size_t n = 1 + below(most);

	for (*line = '\0'; n; n--)
		strcat(line, parts[below(count)]);
}

/* Quotes, backslashes and `$?` in any order: bash and we make the same words of them. */
static void test_words_against_bash(void **state)
{
	static const char *const parts[] = {"a", "b", " ", "'", "\"", "\\", "$?", "$", "#", " #"};
	static char script[400000], out[400000], ours[400000];
	char line[64], error[PARSE_ERROR_MAX];

	(void)state;
	strcpy(script, "f() { for w; do printf '<%s>' \"$w\"; done; echo; }\n"
		       "s() { return 7; }\n");
	*ours = '\0';
	for (int i = 0; i < 4000; i++) {
		random_line(line, 9, parts, sizeof(parts) / sizeof(*parts));
		/* A backslash at the end joins lines, and bash has variables: "$a" is one. */
		if (line[strlen(line) - 1] == '\\' || strstr(line, "$a") || strstr(line, "$b") ||
		    strstr(line, "$'") || strstr(line, "$\"") || strstr(line, "$#") ||
		    strstr(line, "$$") || parse_check(line, error))
			continue;
		sprintf(script + strlen(script), "s; f %s\n", line);
		describe(line, false, ours + strlen(ours));
		strcat(ours, "\n");
	}
	assert_true(strlen(ours) > 4000);
	assert_string_equal(bash_output(script, out, sizeof(out)), ours);
}

/* Operators in any order: bash and we refuse the same lines, with the same words. */
static void test_errors_against_bash(void **state)
{
	static const char *const parts[] = {"a ",  "| ",  "> ", "< ",  ">> ",  "; ",
					    "&& ", "|| ", "b ", "2> ", "2>&1 "};
	static char script[400000], out[400000], ours[400000];
	char line[64], error[PARSE_ERROR_MAX];
	unsigned int refused = 0;

	(void)state;
	/* bash tells of an incomplete line only at the end of what it was given. */
	strcpy(script, "c() { bash -n -c \"$1\" 2>&1 | "
		       "sed -n \"1s/^bash: -c: line [0-9]*: //p\"; echo .; }\n");
	*ours = '\0';
	for (int i = 0; i < 150; i++) {
		random_line(line, 5, parts, sizeof(parts) / sizeof(*parts));
		sprintf(script + strlen(script), "c '%s'\n", line);
		if (parse_check(line, error)) {
			sprintf(ours + strlen(ours), "%s\n", error);
			refused++;
		}
		strcat(ours, ".\n");
	}
	assert_true(refused > 50 && refused < 140);
	assert_string_equal(bash_output(script, out, sizeof(out)), ours);
}

/* Arbitrary bytes: the sanitizers watch. */
static void test_random_bytes(void **state)
{
	static const char letters[] = "a'\"\\$?|&;<>()#* \t2\xff";
	char line[24], out[4096], error[PARSE_ERROR_MAX];

	(void)state;
	for (int i = 0; i < 200000; i++) {
		size_t n = below(sizeof(line));
		char *exact;

		for (size_t k = 0; k < n; k++)
			line[k] = letters[below(sizeof(letters) - 1)];
		line[n] = '\0';
		exact = exact_copy(line);
		if (parse_check(exact, error) == 0)
			describe(exact, i % 2, out);
		else
			assert_true(strlen(error) > 0 && strlen(error) < PARSE_ERROR_MAX);
		free(exact);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_quotes),
		cmocka_unit_test(test_status),
		cmocka_unit_test(test_status_is_cut_to_a_byte),
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_words_against_bash),
		cmocka_unit_test(test_errors_against_bash),
		cmocka_unit_test(test_random_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
