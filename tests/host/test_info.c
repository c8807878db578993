/* SPDX-License-Identifier: MIT */
/*
 * test_info.c: phase 2 of the loader (info.c): what a module says about itself in .modinfo, and
 * what the kernel makes of it.
 */
#include "module_file.h"

static int read_info(const struct module_file *file, struct load *ld)
{
	*ld = load_of(file);
	assert_int_equal(elf_verify(ld), 0);
	return info_read(ld);
}

#define VERMAGIC "vermagic=" VERMAGIC_STRING "\0"

/* A good file with other strings in its .modinfo. */
#define SAYING(text, ...)                                                                          \
	do {                                                                                       \
		struct module_file f = good_file_saying(text, sizeof(text));                       \
		struct load ld;                                                                    \
		int err = read_info(&f, &ld);                                                      \
		__VA_ARGS__;                                                                       \
		free_load(&ld);                                                                    \
		free_file(&f);                                                                     \
	} while (0)

#define assert_logged(text)                                                                        \
	do {                                                                                       \
		if (!strstr(logged, text))                                                         \
			fail_msg("expected \"%s\", logged \"%s\"", text, logged);                  \
	} while (0)

static void test_good(void **state)
{
	(void)state;
	SAYING(VERMAGIC "name=good\0license=GPL v2\0version=1.2\0srcversion=ABC\0depends=a,b\0"
			"intree=Y\0staging=Y\0test=Y",
	       assert_int_equal(err, 0);
	       assert_string_equal(ld.info.license, "GPL v2");
	       assert_string_equal(ld.info.version, "1.2");
	       assert_string_equal(ld.info.srcversion, "ABC");
	       assert_string_equal(ld.info.depends, "a,b"); assert_true(ld.info.in_tree);
	       assert_true(ld.info.staging); assert_true(ld.info.test);
	       assert_string_equal(logged, ""));
}

static void test_silent(void **state)
{
	(void)state;
	/* struct module has the name. */
	SAYING(VERMAGIC, assert_int_equal(err, 0); assert_null(ld.info.license);
	       assert_null(ld.info.version); assert_null(ld.info.depends);
	       assert_false(ld.info.in_tree); assert_string_equal(ld.name, "good"));
}

static void test_odd_strings(void **state)
{
	(void)state;
	SAYING("\0\0no equals\0licensee=no\0licens=no\0=empty\0license=a=b\0license=GPL\0\0" VERMAGIC
	       "last",
	       assert_int_equal(err, 0);
	       assert_string_equal(modinfo_get(&ld, "license"), "a=b"); /* the first one counts */
	       assert_string_equal(modinfo_get(&ld, ""), "empty");
	       assert_null(modinfo_get(&ld, "last")); assert_null(modinfo_get(&ld, "no equals")));
}

static int read_named(const char *in_struct)
{
	struct module_file file = good_file_saying(VERMAGIC, sizeof(VERMAGIC));
	struct load ld;
	int err;

	strncpy(module_name_in(&file), in_struct, MODULE_NAME_LEN);
	err = read_info(&file, &ld);
	free_load(&ld);
	free_file(&file);
	return err;
}

static void test_names(void **state)
{
	char longest[MODULE_NAME_LEN];

	(void)state;
	memset(longest, 'x', sizeof(longest));
	longest[sizeof(longest) - 1] = '\0';
	assert_int_equal(read_named(longest), 0);
	assert_int_equal(read_named("a-b_c.d+9"), 0);
	assert_int_equal(read_named(""), -ENOEXEC);
	assert_int_equal(read_named("."), -ENOEXEC);
	assert_int_equal(read_named(".."), -ENOEXEC);
	assert_int_equal(read_named("../passwd"), -ENOEXEC);
	assert_logged("'../passwd' cannot name a module: 1 to 55 letters, digits or _-.+\n");
	assert_int_equal(read_named("two words"), -ENOEXEC);
	assert_int_equal(read_named("a,b"), -ENOEXEC);
	assert_int_equal(read_named("\033[2J"), -ENOEXEC);
	SAYING(VERMAGIC "name=other", assert_int_equal(err, -ENOEXEC);
	       assert_logged("other: struct module says that its name is 'good'\n"));
}

static void test_namespaces(void **state)
{
	(void)state;
	SAYING(VERMAGIC "import_ns=C\0import_ns=A\0import_ns=B\0import_ns=A",
	       assert_int_equal(err, 0);
	       assert_true(namespace_is_imported(&ld, "A"));
	       assert_true(namespace_is_imported(&ld, "B"));
	       assert_true(namespace_is_imported(&ld, "C"));
	       assert_false(namespace_is_imported(&ld, "D"));
	       assert_false(namespace_is_imported(&ld, "AB")));
	SAYING(VERMAGIC, assert_int_equal(err, 0); assert_false(namespace_is_imported(&ld, "A")));
}

/* A namespace that lists modules is not for import; the module in these files is "good". */
static void test_namespaces_for_modules(void **state)
{
	static const char *const theirs[] = {"module:good", "module:a,good", "module:good,b",
					     "module:*",    "module:a,g*",   "module:good*",
					     "module:,good"};
	static const char *const not_theirs[] = {
		"module:",     "module:goo", "module:goods", "module:goods*", "module:a,b",
		"module:*ood", "module:g*d", "module:a,,b",  "modules:good",  "module:Good"};
	size_t i;

	(void)state;
	SAYING(VERMAGIC "import_ns=module:goo\0import_ns=good", assert_int_equal(err, 0);
	       for (i = 0; i < ARRAY_SIZE(theirs); i++)
		       assert_true(namespace_is_imported(&ld, theirs[i]));
	       for (i = 0; i < ARRAY_SIZE(not_theirs); i++)
		       assert_false(namespace_is_imported(&ld, not_theirs[i])));
}

static void test_dashes_in_namespaces_for_modules(void **state)
{
	struct load ld = {.name = "my_mod-x"};

	(void)state;
	assert_true(namespace_is_imported(&ld, "module:my-mod_x"));
	assert_true(namespace_is_imported(&ld, "module:my-m*"));
	assert_false(namespace_is_imported(&ld, "module:my.mod_x"));
}

static void test_licenses(void **state)
{
	static const char *const good[] = {
		"GPL",		"GPL v2",	"GPL and additional rights",
		"Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL"};
	static const char *const bad[] = {"",	 "gpl",		"GPL ", "GPL v3", "BSD",
					  "MIT", "Proprietary", "GP",	"Dual"};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(good); i++)
		assert_true(license_is_gpl_compatible(good[i]));
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		assert_false(license_is_gpl_compatible(bad[i]));
	assert_false(license_is_gpl_compatible(NULL));
}

/* --- modinfo_each() --- */

static int collect(const char *tag, size_t tag_len, const char *value, void *data)
{
	char *all = data;

	sprintf(all + strlen(all), "%.*s:%s;", (int)tag_len, tag, value);
	return strcmp(value, "stop") == 0 ? 7 : 0;
}

static void test_modinfo_each(void **state)
{
	struct module_file file = good_file_saying("a=1\0a=2\0\0b=", 12);
	char all[100] = "";

	(void)state;
	assert_int_equal(modinfo_each(file.bytes, file.len, collect, all), 0);
	assert_string_equal(all, "a:1;a:2;b:;");
	free_file(&file);

	file = good_file_saying("a=stop\0b=2", 11);
	*all = '\0';
	assert_int_equal(modinfo_each(file.bytes, file.len, collect, all), 7);
	assert_string_equal(all, "a:stop;");
	/* A module of another kernel is a module: its struct may have any size. */
	file.sections[SELF].sh_size--;
	assert_int_equal(modinfo_each(file.bytes, file.len, collect, all), 7);
	/* No module, and no word about it. */
	forget_log();
	assert_int_equal(modinfo_each(file.bytes, 100, collect, all), -ENOEXEC);
	file.sections[MODINFO].sh_name = 0;
	assert_int_equal(modinfo_each(file.bytes, file.len, collect, all), -ENOEXEC);
	assert_string_equal(logged, "");
	free_file(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_silent),
		cmocka_unit_test(test_odd_strings),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_namespaces),
		cmocka_unit_test(test_namespaces_for_modules),
		cmocka_unit_test(test_dashes_in_namespaces_for_modules),
		cmocka_unit_test(test_licenses),
		cmocka_unit_test(test_modinfo_each),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
