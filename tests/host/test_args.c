/* SPDX-License-Identifier: MIT */
/* test_args.c: kernel/module/args.c: how a line of words is taken apart, and who is told. */
#include "module_file.h"

#include "libc.h"

#include "module/params.h"

/* What came out, as "name=[value] " for each word that was taken; a bare name has no brackets. */
static char heard[512];

static void hear(const char *name, const char *value)
{
	size_t used = strlen(heard);

	if (value)
		snprintf(heard + used, sizeof(heard) - used, "%s=[%s] ", name, value);
	else
		snprintf(heard + used, sizeof(heard) - used, "%s ", name);
}

static int set_any(const char *val, const struct kernel_param *kp)
{
	hear(kp->name, val);
	if (!val)
		return 0;
	return strcmp(val, "bad") == 0 ? -EINVAL : strcmp(val, "long") == 0 ? -ENOSPC : 0;
}

static const struct kernel_param_ops any = {.flags = KERNEL_PARAM_OPS_FL_NOARG, .set = set_any};
static const struct kernel_param_ops valued = {.set = set_any};
static const struct kernel_param_ops fixed = {0};

static const struct kernel_param rows[] = {
	{"a", NULL, &any, 0, -1, 0, {NULL}},
	{"b_c", NULL, &any, 0, -1, 0, {NULL}},
	{"number", NULL, &valued, 0, -1, 0, {NULL}},
	{"fixed", NULL, &fixed, 0, -1, 0, {NULL}},
	{"danger", NULL, &any, 0, -1, KERNEL_PARAM_FL_UNSAFE, {NULL}},
};

static int nobody(const struct param_rows *params, const char *name)
{
	assert_string_equal(params->doing, "test");
	hear("?", name);
	return strcmp(name, "unknown") == 0 ? -ENOENT : 0;
}

static const struct param_rows params = {
	.doing = "test",
	.rows = rows,
	.count = ARRAY_SIZE(rows),
	.unknown = nobody,
};

/* The text is exactly as long as its block, so that the sanitizers see a byte too far. */
static int parse(const char *words, char *rest, size_t size)
{
	size_t len = strlen(words) + 1;
	char *text = memcpy(malloc(len), words, len);
	const char *behind;
	int err;

	heard[0] = '\0';
	forget_log();
	err = parse_args(&params, text, &behind);
	snprintf(rest, size, "%s", behind ? behind : "(none)");
	free(text);
	return err;
}

static void test_words(void **state)
{
	static const struct {
		const char *words, *heard;
	} cases[] = {
		{"", ""},
		{" \t\n ", ""},
		{"a", "a "},
		{"a=", "a=[] "},
		{"a=1", "a=[1] "},
		{"  a=1\ta=2\n", "a=[1] a=[2] "},
		{"a=x=y", "a=[x=y] "},
		{"a=\"x y\"", "a=[x y] "},
		{"a=\"x  y\" a=z", "a=[x  y] a=[z] "},
		{"\"a=x y\"", "a=[x y] "},
		{"\"a\"", "a "},
		{"a=\"", "a=[] "},
		{"\"", "?=[] "},
		{"a=\"x y", "a=[x y] "},
		{"a=x\"y z\"w", "a=[x\"y z\"w] "},
		{"a=\"\"", "a=[] "},
		{"b_c=1 b-c=2", "b_c=[1] b_c=[2] "},
		{"=1", "?=[] "},
		{"other=1 a", "?=[other] a "},
	};
	char rest[64];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_int_equal(parse(cases[i].words, rest, sizeof(rest)), 0);
		assert_string_equal(heard, cases[i].heard);
		assert_string_equal(logged, "");
		assert_string_equal(rest, "(none)");
	}
}

/* All that is wrong is told, and the last error is the result. */
static void test_complaints(void **state)
{
	static const struct {
		const char *words, *log;
		int err;
	} cases[] = {
		{"a=bad", "test: `bad' invalid for parameter `a'\n", -EINVAL},
		{"a=long", "test: `long' too large for parameter `a'\n", -ENOSPC},
		{"number", "test: `' invalid for parameter `number'\n", -EINVAL},
		{"fixed=1", "test: `1' invalid for parameter `fixed'\n", -EINVAL},
		{"unknown=1", "test: Unknown parameter `unknown'\n", -ENOENT},
		{"b-c=bad unknown a=long a=1",
		 "test: `bad' invalid for parameter `b-c'\ntest: Unknown parameter `unknown'\n"
		 "test: `long' too large for parameter `a'\n",
		 -ENOSPC},
		{"danger=1 danger", /* and it is set all the same */
		 "Setting dangerous option danger - tainting kernel\n"
		 "Setting dangerous option danger - tainting kernel\n",
		 0},
	};
	char rest[64];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_int_equal(parse(cases[i].words, rest, sizeof(rest)), cases[i].err);
		assert_string_equal(logged, cases[i].log);
	}
	assert_string_equal(heard, "danger=[1] danger ");
}

static void test_what_is_for_others(void **state)
{
	char rest[64];

	(void)state;
	assert_int_equal(parse("a=1 -- a=bad x  y", rest, sizeof(rest)), 0);
	assert_string_equal(heard, "a=[1] ");
	assert_string_equal(rest, "a=bad x  y");
	assert_int_equal(parse("--", rest, sizeof(rest)), 0);
	assert_string_equal(rest, "");
	/* With a value it is a name like any other. */
	assert_int_equal(parse("--=1 a", rest, sizeof(rest)), 0);
	assert_string_equal(heard, "?=[--] a ");
	assert_string_equal(rest, "(none)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_complaints),
		cmocka_unit_test(test_what_is_for_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
