/* SPDX-License-Identifier: MIT */
/*
 * test_kmod.c: the commands that kmod has elsewhere: insmod, lsmod, rmmod, modinfo. The world is
 * shell_world.h's.
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

#include "fs/uts.h"
#include "libc.h"
#include "shell_world.h"

static void test_insmod(void **state)
{
	(void)state;
	run("echo -n bytes > m.ko");
	expect("insmod", "insmod: ERROR: missing filename.\n");
	expect("insmod nosuch.ko; echo $?",
	       "insmod: ERROR: could not load module nosuch.ko: No such file or directory\n1\n");
	expect("insmod m.ko; echo $?", "0\n");
	assert_string_equal(load_args, "");
	expect("insmod ./m.ko a=1 'b=x y' -c; echo $?", "0\n");
	assert_string_equal(load_args, "a=1 b=x y -c");
	expect("insmod /root; echo $?",
	       "insmod: ERROR: could not insert module /root: Is a directory\n1\n");
}

static void test_insmod_errors(void **state)
{
	static const struct {
		int err;
		const char *sentence;
	} errors[] = {
		{-ENOEXEC, "Invalid module format"},
		{-ENOENT, "Unknown symbol in module"},
		{-ESRCH, "Module has wrong symbol version"},
		{-EINVAL, "Invalid parameters"},
		{-EEXIST, "File exists"},
		{-EBUSY, "Device or resource busy"},
		{-ENODEV, "No such device"},
		{-ERANGE, "Numerical result out of range"},
		{-ENOMEM, "Cannot allocate memory"},
		{-EKEYREJECTED, "Key was rejected by service"},
	};
	char wanted[256];

	(void)state;
	run("echo bytes > m.ko");
	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++) {
		load_result = errors[i].err;
		snprintf(wanted, sizeof(wanted),
			 "insmod: ERROR: could not insert module m.ko: %s\n"
			 "[    1.500000] second\n1\n",
			 errors[i].sentence);
		expect("insmod m.ko; echo $?", wanted);
		assert_false(held);
	}
	/* The reasons are insmod's own words, and go where those go. */
	expect("insmod m.ko 2> words; echo $?", "1\n");
	expect("wc -l < words", "2\n");
}

static void test_force(void **state)
{
	(void)state;
	run("echo bytes > m.ko");
	expect("insmod -f m.ko a=1 -f; echo $?", "0\n");
	assert_string_equal(load_args, "a=1 -f");
	assert_int_equal(load_flags, MODULE_INIT_IGNORE_VERMAGIC | MODULE_INIT_IGNORE_MODVERSIONS);
	expect("insmod m.ko", "");
	assert_int_equal(load_flags, 0);
	expect("cp m.ko m.ko.gz; insmod m.ko.gz", "");
	assert_int_equal(load_flags, MODULE_INIT_COMPRESSED_FILE);
	expect("insmod -z m.ko; echo $?", "insmod: invalid option -- 'z'\n"
					  "Try 'insmod --help' for more information.\n1\n");
	load_all();
	expect("rmmod -f perm; echo $?", "0\n");
	expect("rmmod --force base; echo $?", "0\n");
}

/* The listener's lines, and what a dry run keeps out of the log. */
static void test_insmod_story(void **state)
{
	const char *few = "    between    two phases 7\n 12 phase      few\n";
	const char *all = "    between    two phases 7\n 12 phase      all\n";

	(void)state;
	run("echo bytes > m.ko");
	expect("insmod -v m.ko v=1", few);
	assert_int_equal(load_flags, 0);
	assert_string_equal(load_args, "v=1");
	expect("insmod --verbose m.ko", few);
	expect("insmod -vv m.ko", all);
	expect("insmod -v m.ko | grep -c phase", "2\n");
	expect("insmod -nv m.ko | head -n 1", "    between    two phases 7\n");
	expect("insmod --dry-run m.ko; echo $?", " 99 between    two phases 7\n"
						 " 99 phase      few\n"
						 "    log        would say: second\n0\n");
	assert_int_equal(load_flags, MODULE_INIT_DRY_RUN);
	assert_false(is_aside);
	load_result = -ENOENT;
	expect("insmod -n m.ko > out; echo $?",
	       "insmod: ERROR: could not insert module m.ko: Unknown symbol in module\n"
	       "[    1.500000] second\n1\n");
	assert_false(is_aside);
	load_result = LOAD_KILLS;
	run("insmod -n m.ko");
	assert_false(is_aside);
	assert_false(held);
}

/* Whatever a command was doing: all that the shell had taken for it is given back. */
static void test_killed(void **state)
{
	long before;

	(void)state;
	run("echo bytes > m.ko");
	load_result = LOAD_KILLS;
	before = live_blocks;
	expect("insmod m.ko a=1; echo $?", "Killed\n137\n");
	expect("insmod m.ko a=1 > out 2>&1; echo $?", "Killed\n137\n");
	expect("rm out", "");
	expect("insmod m.ko < m.ko | cat; echo $?", "Killed\n0\n");
	expect("echo x | insmod m.ko; echo $?", "Killed\n137\n");
	expect("insmod m.ko || echo on", "Killed\non\n");
	assert_int_equal(live_blocks, before);
	assert_false(held);
}

static void test_lsmod(void **state)
{
	(void)state;
	expect("lsmod", "Module                  Size  Used by\n");
	load_all();
	expect("lsmod", "Module                  Size  Used by\n"
			"perm                       0  0\n"
			"user_a                     0  0\n"
			"user_b                     0  0\n"
			"base                   12288  2 user_a,user_b\n");
	expect("lsmod x; echo $?", "Usage: lsmod [-t]\n1\n");
}

static void test_rmmod(void **state)
{
	(void)state;
	load_all();
	expect("rmmod; echo $?", "rmmod: ERROR: missing module name.\n1\n");
	expect("rmmod no-such; echo $?",
	       "rmmod: ERROR: Module no_such is not currently loaded\n1\n");
	expect("rmmod base; echo $?", "rmmod: ERROR: Module base is in use by: user_a user_b\n1\n");
	expect("rmmod user-b ./user_a.ko; echo $?", "0\n");
	/* Nobody in the list uses it any more, but somebody does. */
	expect("rmmod base; echo $?", "rmmod: ERROR: Module base is in use\n1\n");
	modules[BASE].refcnt.counter = 1;
	expect("rmmod base; echo $?", "0\n");
	expect("rmmod perm; echo $?",
	       "rmmod: ERROR: ../libkmod/libkmod-module.c:856 kmod_module_remove_module() could "
	       "not remove 'perm': Device or resource busy\n"
	       "rmmod: ERROR: could not remove module perm: Device or resource busy\n1\n");
}

static void test_modinfo(void **state)
{
	(void)state;
	run("echo '"
	    "license=GPL"
	    "' > one.ko; mkdir -p /lib/modules/" UTS_RELEASE "/kernel");
	run("cd /lib/modules/" UTS_RELEASE "; echo 'name=my_mod' > kernel/my-mod.ko");
	run("echo 'kernel/my-mod.ko:' > modules.dep; echo kernel/in.ko > modules.builtin");
	run("echo 'alias wild-* my_mod' > modules.alias; echo 'kernel/lost.ko:' >> modules.dep; cd");
	run("echo x > no_ko");
	expect("modinfo ./one.ko", "filename:       /root/./one.ko\nlicense:        GPL\n");
	expect("modinfo /root/one.ko", "filename:       /root/one.ko\nlicense:        GPL\n");
	expect("cd /; modinfo root/one.ko; cd",
	       "filename:       /root/one.ko\nlicense:        GPL\n");
	expect("modinfo my_mod", "filename:       /lib/modules/" UTS_RELEASE
				 "/kernel/my-mod.ko\nname:           my_mod\n");
	expect("modinfo -F name my-mod wild-life", "my_mod\nmy_mod\n");
	expect("modinfo in", "name:           in\nfilename:       (builtin)\n");
	expect("modinfo lost; echo $?", "modinfo: ERROR: Module file /lib/modules/" UTS_RELEASE
					"/kernel/lost.ko not found.\n1\n");
	expect("modinfo nosuch; echo $?", "modinfo: ERROR: Module nosuch not found.\n1\n");
	expect("modinfo ./no_ko; echo $?", "modinfo: ERROR: Module ./no_ko not found.\n1\n");
	run("echo gz:name=packed > my-mod.ko.gz; echo name=packed > no.ko.gz");
	expect("modinfo -F name my-mod.ko.gz; modinfo -n my-mod.ko.gz",
	       "packed\n/root/my-mod.ko.gz\n");
	expect("modinfo no.ko.gz; echo $?",
	       "modinfo: ERROR: could not get modinfo from 'no': Invalid argument\n1\n");
	expect("modinfo; echo $?", "modinfo: ERROR: missing module or filename.\n1\n");
	run("echo -e '\\x7fELF' > bad.ko");
	expect("modinfo bad.ko; echo $?",
	       "filename:       /root/bad.ko\n"
	       "modinfo: ERROR: could not get modinfo from 'bad': Exec format error\n1\n");
}

static void test_modinfo_parameters(void **state)
{
	struct node *node;

	(void)state;
	assert_int_equal(path_make("p.ko", S_IFREG | 0644, &node), 0);
	assert_int_equal(file_write(node, PARAMS_MODINFO, strlen(PARAMS_MODINFO), false), 0);
	expect("modinfo p.ko", "filename:       /root/p.ko\n"
			       "modinfo: ERROR: Found invalid \"parm=bad\": missing ':'\n"
			       "license:        GPL\n"
			       "depends:        \n"
			       "somethinglonger_than:x\n"
			       "parm:           flag:Alone\n"
			       "parm:           num:A number (int)\n"
			       "parm:           who:charp\n");
	expect("modinfo -F license p.ko", "GPL\n");
	/* kmod's words again: alone, what is not described is not described by its type. */
	expect("modinfo -F parm p.ko", "modinfo: ERROR: Found invalid \"parm=bad\": missing ':'\n"
				       "flag:Alone\n"
				       "num:A number (int)\n"
				       "who: (charp)\n");
	expect("modinfo -p p.ko 2> /dev/null | tail -n 1", "who: (charp)\n");
	expect("modinfo -F parmtype p.ko", "who:charp\nnum:int\n");
	expect("modinfo -l p.ko; modinfo -n p.ko; modinfo -a -d p.ko", "GPL\n/root/p.ko\n");
	expect("modinfo -F filename p.ko", "/root/p.ko\n");
	expect("modinfo -F nosuch p.ko; echo $?", "0\n");
}

static void write_list(const char *name, const char *text, size_t len)
{
	char path[FS_PATH_MAX];
	struct node *node;

	snprintf(path, sizeof(path), "/lib/modules/%s/%s", UTS_RELEASE, name);
	assert_int_equal(path_make(path, S_IFREG | 0644, &node), 0);
	assert_int_equal(file_write(node, text, len, false), 0);
}

/* What is part of the kernel is known by two lists, which need not be there. */
static void test_builtin(void **state)
{
	static const char tags[] = "in.license=MIT\0in_side.parm=n:A number\0in_side.license=GPL\0"
				   "noise\0in_side.parmtype=n:int\0in_side.lost=no end";
	static const char list[] = "kernel/a/in.ko\nkernel/b/in-side.ko\nkernel/c/last.ko";

	(void)state;
	run("mkdir -p /lib/modules/" UTS_RELEASE);
	expect("rmmod in; modinfo in", "rmmod: ERROR: Module in is not currently loaded\n"
				       "modinfo: ERROR: Module in not found.\n");
	write_list("modules.builtin", list, strlen(list));
	expect("modinfo -n last; modinfo in; echo $?",
	       "(builtin)\nname:           in\nfilename:       (builtin)\n0\n");
	write_list("modules.builtin.modinfo", tags, sizeof(tags) - 1);
	expect("rmmod in-side; echo $?", "rmmod: ERROR: Module in_side is builtin.\n1\n");
	expect("rmmod side; echo $?", "rmmod: ERROR: Module side is not currently loaded\n1\n");
	expect("modinfo in-side; echo $?", "name:           in_side\n"
					   "filename:       (builtin)\n"
					   "license:        GPL\n"
					   "parm:           n:A number (int)\n0\n");
	expect("modinfo -l in; modinfo -p in_side; modinfo -F name in-side",
	       "MIT\nn:A number (int)\nin_side\n");
	expect("modinfo -0 in | wc -c", "57\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_WORLD(test_insmod),
		IN_WORLD(test_insmod_errors),
		IN_WORLD(test_force),
		IN_WORLD(test_insmod_story),
		IN_WORLD(test_killed),
		IN_WORLD(test_lsmod),
		IN_WORLD(test_rmmod),
		IN_WORLD(test_modinfo),
		IN_WORLD(test_modinfo_parameters),
		IN_WORLD(test_builtin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
