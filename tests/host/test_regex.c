/* SPDX-License-Identifier: MIT */
/*
 * test_regex.c: kernel/shell/regex*.c and glob_match.c against the C library's regexec(3) and
 * fnmatch(3), on random patterns; and how long the worst patterns take.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <fnmatch.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "libc.h"
#include "shell/glob_match.h"
#include "shell/regex.h"

#define ROUNDS	 60000
#define SUBJECTS 8

static struct regex re;
static unsigned long long seed = 1;

static size_t below(size_t n)
{
	return next_random(&seed) % n;
}

/* On exactly as much heap as it has bytes, without a NUL. */
static bool matches(const char *text)
{
	size_t len = strlen(text);
	char *exact = malloc(len ? len : 1);
	bool result;

	memcpy(exact, text, len);
	result = regex_match(&re, exact, len);
	free(exact);
	return result;
}

static void expect(const char *pattern, unsigned int flags, const char *text, bool wanted)
{
	const char *trouble = regex_compile(&re, pattern, flags);

	if (trouble)
		fail_msg("'%s': %s", pattern, trouble);
	if (matches(text) != wanted)
		fail_msg("'%s' on '%s' should %smatch", pattern, text, wanted ? "" : "not ");
}

static void test_basic(void **state)
{
	(void)state;
	expect("publicfunc", 0, "ffff T publicfunc\t[m]", true);
	expect("publicfunc", 0, "ffff T publicfun", false);
	expect("^a.c$", 0, "abc", true);
	expect("^a.c$", 0, "abcd", false);
	expect("a*b", 0, "b", true);
	expect("*a", 0, "*a", true);
	expect("^*a", 0, "*a", true);
	expect("a\\.b", 0, "axb", false);
	expect("a+b", 0, "a+b", true);
	expect("a\\+b", 0, "aab", true);
	expect("a\\|b", 0, "xb", true);
	expect("\\(ab\\)*c$", 0, "ababc", true);
	expect("x$y", 0, "x$y", true);
	expect("", 0, "anything", true);
	expect("[[:digit:]]\\+ [^[:space:]]", 0, "a 17 b", true);
	expect("[]a]", 0, "]", true);
	expect("[^]a]", 0, "]a", false);
	expect("[a-c-]x", 0, "-x", true);
	expect("[a\\]x", 0, "\\x", true);
}

static void test_extended(void **state)
{
	(void)state;
	expect("^(a|b)+c?$", REGEX_EXTENDED, "abba", true);
	expect("^(a|b)+c?$", REGEX_EXTENDED, "abbacc", false);
	expect("a||b", REGEX_EXTENDED, "zzz", true);
	expect("()", REGEX_EXTENDED, "", true);
	expect("struct {", REGEX_EXTENDED, "struct {", true);
	expect("a\\(b", REGEX_EXTENDED, "a(b", true);
	expect("(^a|b$)", REGEX_EXTENDED, "xb", true);
	expect("a)", REGEX_EXTENDED, "a)", true);
}

static void test_words_lines_and_case(void **state)
{
	(void)state;
	expect("\\<in\\>", 0, "be in it", true);
	expect("\\<in\\>", 0, "begin it", false);
	expect("\\bin", 0, "be init", true);
	expect("\\w\\W\\s\\S", 0, "a\t b", true);
	expect("in", REGEX_WORD, "begin in", true);
	expect("in", REGEX_WORD, "begin_in inn", false);
	expect("a|b", REGEX_WORD | REGEX_EXTENDED, "ab b", true);
	expect("ab*", REGEX_LINE, "abbb", true);
	expect("ab*", REGEX_LINE, "abbbc", false);
	expect("a|bc", REGEX_LINE | REGEX_EXTENDED, "ac", false);
	expect("Ab[C-E]", REGEX_FOLD, "aBd", true);
	expect("a.[*", REGEX_FIXED, "xa.[*x", true);
	expect("a.[*", REGEX_FIXED, "xab[*x", false);
	expect("A.", REGEX_FIXED | REGEX_FOLD, "a.", true);
}

static void test_refusals(void **state)
{
	static const struct {
		const char *pattern;
		unsigned int flags;
		const char *trouble;
	} bad[] = {
		{"[a", 0, "Unmatched [, [^, [:, [., or [="},
		{"[", 0, "Unmatched [, [^, [:, [., or [="},
		{"[]", 0, "Unmatched [, [^, [:, [., or [="},
		{"[[:foo:]]", 0, "Invalid character class name"},
		{"[b-a]", 0, "Invalid range end"},
		{"a\\", 0, "Trailing backslash"},
		{"\\(a", 0, "Unmatched ( or \\("},
		{"a\\)", 0, "Unmatched ) or \\)"},
		{"(a", REGEX_EXTENDED, "Unmatched ( or \\("},
		{"\\(a\\)\\1", 0, "Back references are not supported"},
		{"a\\{2\\}", 0, "Repetition with braces is not supported"},
		{"a{2}", REGEX_EXTENDED, "Repetition with braces is not supported"},
	};
	char deep[256];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		const char *trouble = regex_compile(&re, bad[i].pattern, bad[i].flags);

		assert_non_null(trouble);
		assert_string_equal(trouble, bad[i].trouble);
	}
	memset(deep, '(', sizeof(deep));
	deep[sizeof(deep) - 1] = '\0';
	assert_non_null(strstr(regex_compile(&re, deep, REGEX_EXTENDED), "nested"));
}

/* The longest patterns of each kind fill the program to its brim, and one byte more is refused. */
static void test_longest_patterns(void **state)
{
	static const char *const parts[] = {"a", "a*", "|", "\\w", "[a]", "a+", "(a)*", "\\b"};
	char pattern[REGEX_PATTERN_MAX + 2];

	(void)state;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		size_t len = 0, part = strlen(parts[i]);

		while (len + part <= REGEX_PATTERN_MAX) {
			memcpy(pattern + len, parts[i], part);
			len += part;
		}
		pattern[len] = '\0';
		assert_null(regex_compile(&re, pattern, REGEX_EXTENDED | REGEX_WORD | REGEX_LINE));
		assert_true(re.count <= REGEX_INSNS_MAX);
		matches("aaaa");
	}
	memset(pattern, 'a', REGEX_PATTERN_MAX + 1);
	pattern[REGEX_PATTERN_MAX + 1] = '\0';
	assert_non_null(regex_compile(&re, pattern, 0));
}

static void random_text(char *s, size_t max, const char *letters)
{
	size_t n = below(max), count = strlen(letters);

	for (size_t i = 0; i < n; i++)
		s[i] = letters[below(count)];
	s[n] = '\0';
}

/* The C library allows what we refuse: back references and counted repetition. */
static bool is_ours(const char *trouble)
{
	return !trouble || !strstr(trouble, "supported");
}

/* Some of what POSIX leaves open the two read differently. */
static bool is_defined(const char *p)
{
	for (; *p; p++)
		if (strchr("*+?", *p) && p[1] && strchr("*+?", p[1]))
			return false;
	return true;
}

static void compare_with_libc(const char *pattern, bool extended)
{
	const char *trouble = regex_compile(&re, pattern, extended ? REGEX_EXTENDED : 0);
	char text[12];
	regex_t libc;

	if (!is_ours(trouble))
		return;
	if (regcomp(&libc, pattern, REG_NOSUB | (extended ? REG_EXTENDED : 0))) {
		if (!trouble)
			fail_msg("'%s': the C library refuses it", pattern);
		return;
	}
	if (trouble)
		fail_msg("'%s': %s", pattern, trouble);
	for (int i = 0; i < SUBJECTS; i++) {
		random_text(text, sizeof(text), "abc");
		if (matches(text) != !regexec(&libc, text, 0, NULL, 0))
			fail_msg("'%s' on '%s': the C library disagrees", pattern, text);
	}
	regfree(&libc);
}

/* Made of what both understand: repetition follows an atom, and groups are closed. */
static void random_pattern(char *s, bool extended, int depth)
{
	static const char *const atoms[] = {"a", "b", "c", ".", "[ab]", "[^a]", "[a-c]", "\\w"};
	size_t n = 1 + below(4);

	for (*s = '\0'; n; n--) {
		size_t kind = below(12);

		if (kind == 0 && depth) {
			strcat(s, extended ? "(" : "\\(");
			random_pattern(s + strlen(s), extended, depth - 1);
			strcat(s, extended ? ")" : "\\)");
		} else {
			strcat(s, atoms[below(sizeof(atoms) / sizeof(*atoms))]);
		}
		if (kind < 3)
			strcat(s, "*");
		else if (kind == 3)
			strcat(s, extended ? "+" : "\\+");
		else if (kind == 4)
			strcat(s, extended ? "?" : "\\?");
		else if (kind == 5 && n > 1)
			strcat(s, extended ? "|" : "\\|");
	}
}

static void test_against_libc(void **state)
{
	char body[512], pattern[520];

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		bool extended = i % 2;

		random_pattern(body, extended, 3);
		snprintf(pattern, sizeof(pattern), "%s%s%s", below(4) ? "" : "^", body,
			 below(4) ? "" : "$");
		compare_with_libc(pattern, extended);
	}
}

/* Letters in any order, most of them no pattern at all: what is refused is refused by both. */
static void test_nonsense_against_libc(void **state)
{
	char pattern[10];

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		random_text(pattern, sizeof(pattern), "ab.*[]^$");
		if (is_defined(pattern))
			compare_with_libc(pattern, false);
	}
}

/* What takes a backtracking matcher 2^30 steps. */
static void test_no_pattern_is_slow(void **state)
{
	char text[4001];
	clock_t start = clock();

	(void)state;
	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	expect("(a*)*b", REGEX_EXTENDED, text, false);
	expect("(a|aa)+$b", REGEX_EXTENDED, text, false);
	expect("a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?b", REGEX_EXTENDED,
	       text, false);
	assert_true((clock() - start) / CLOCKS_PER_SEC < 5);
}

/* --- patterns for file names --- */

static bool glob(const char *pattern, const char *name)
{
	size_t len = strlen(pattern);
	char *exact = malloc(len ? len : 1);
	bool result;

	memcpy(exact, pattern, len);
	result = glob_match(exact, len, name);
	free(exact);
	return result;
}

static void test_glob(void **state)
{
	(void)state;
	assert_true(glob("*.ko", "hello.ko"));
	assert_false(glob("*.ko", "hello.ko.bak"));
	assert_false(glob("*", ".hidden"));
	assert_false(glob("?hidden", ".hidden"));
	assert_false(glob("[.]hidden", ".hidden"));
	assert_true(glob(".h*", ".hidden"));
	assert_true(glob("a\\*b", "a*b"));
	assert_false(glob("a\\*b", "axb"));
	assert_true(glob("[!a-c]x", "dx"));
	assert_false(glob("[^a-c]x", "bx"));
	assert_true(glob("[", "["));
	assert_true(glob("[]]", "]"));
	assert_false(glob("", "a"));
	assert_true(glob("", ""));
}

/* The C library takes a pattern like "[a" or "a\" for no match at all; the shell, as it stands. */
static bool glob_is_defined(const char *p)
{
	size_t len = strlen(p);

	return !strchr(p, '[') && !(len && p[len - 1] == '\\' && !(len > 1 && p[len - 2] == '\\'));
}

static void test_glob_against_libc(void **state)
{
	static const char *const sets[] = {"[ab]", "[!a]", "[a-b]", "[]a]"};
	char pattern[40], name[12];

	(void)state;
	for (int i = 0; i < ROUNDS * 4; i++) {
		random_text(pattern, 10, "ab.**?\\");
		random_text(name, sizeof(name), "abc.*");
		if (!glob_is_defined(pattern))
			continue;
		if (i % 4 == 0)
			strcat(pattern, sets[below(4)]);
		if (i % 8 == 0)
			strcat(pattern, "*b");
		if (glob(pattern, name) != !fnmatch(pattern, name, FNM_PERIOD))
			fail_msg("'%s' on '%s': the C library disagrees", pattern, name);
	}
}

static void test_no_glob_is_slow(void **state)
{
	char name[2001];
	clock_t start = clock();

	(void)state;
	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_false(glob("a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", name));
	assert_true((clock() - start) / CLOCKS_PER_SEC < 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_basic),
		cmocka_unit_test(test_extended),
		cmocka_unit_test(test_words_lines_and_case),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_longest_patterns),
		cmocka_unit_test(test_against_libc),
		cmocka_unit_test(test_nonsense_against_libc),
		cmocka_unit_test(test_no_pattern_is_slow),
		cmocka_unit_test(test_glob),
		cmocka_unit_test(test_glob_against_libc),
		cmocka_unit_test(test_no_glob_is_slow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
