/* SPDX-License-Identifier: MIT */
/*
 * test_commands.c: the commands that no other system has, or not with the same answers: kmod's tools,
 * dmesg, /proc, ls on a console, uname, help, poweroff. The world is shell_world.h's.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "fs/uts.h"
#include "libc.h"
#include "shell_world.h"

/* --- kmod's tools --- */

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

/* --- the rest --- */

static void test_dmesg(void **state)
{
	(void)state;
	expect("dmesg", "[    0.000000] first\n[    1.500000] second\n");
	expect("dmesg -n 4; dmesg -n crit; echo $?", "0\n");
	assert_int_equal(level, 3);
	expect("dmesg -n 0; echo $?; dmesg -n nope", "dmesg: unknown level '0'\n1\n"
						     "dmesg: unknown level 'nope'\n");
	expect("dmesg -c | tail -n 1; dmesg", "[    1.500000] second\n");
	expect("dmesg x; echo $?",
	       "dmesg: bad usage\nTry 'dmesg --help' for more information.\n1\n");
}

static void test_proc(void **state)
{
	(void)state;
	expect("cat /proc/kallsyms", "ffffffff80100000 T kernel_main\n"
				     "ffffffffc0000010 t hello_init\t[hello]\n");
	expect("cat /proc/meminfo", "MemTotal:         131072 kB\n"
				    "MemFree:           65536 kB\n"
				    "MemAvailable:      65536 kB\n"
				    "Slab:                  2 kB\n"
				    "VmallocUsed:          32 kB\n"
				    "FramesTotal:       32768\n"
				    "FramesFree:        16384\n"
				    "HeapBytes:          1025\n"
				    "HeapObjects:           3\n"
				    "BigPages:              2\n"
				    "ModulePages:           6\n");
	expect("cat /proc/cmdline", "loglevel=4\n");
	assert_int_equal(
		strncmp(run("cat /proc/version"), "Koan version " UTS_RELEASE " (gcc ", 20), 0);
	now_ns = 83070000000;
	expect("cat /proc/uptime; uptime", "83.07\nup 1 minute, 23 seconds\n");
	expect("free", "               total        used        free      shared  buff/cache   "
		       "available\n"
		       "Mem:          131072       65536       65536           0           0       "
		       "65536\n"
		       "Swap:              0           0           0\n");
}

/* Bits come, and do not go. */
static void test_tainted(void **state)
{
	(void)state;
	expect("cat /proc/sys/kernel/tainted", "0\n");
	expect("cd /proc/sys/kernel; echo 4096 > tainted; cat tainted", "4096\n");
	expect("echo 0x41 > tainted; echo 0 > tainted; cat tainted", "4161\n");
	assert_string_equal(print_tainted(), "Tainted: P U O");
	/* What no taint stands for is not kept. */
	expect("echo 18446744073709027328 > tainted; echo $?; cat tainted", "0\n4161\n");
	expect("echo many > tainted; echo $?", "koan: echo: write error: Invalid argument\n1\n");
	expect("echo -1 > tainted; echo $?", "koan: echo: write error: Invalid argument\n1\n");
	expect("echo 99999999999999999999 > tainted; cat tainted",
	       "koan: echo: write error: Invalid argument\n4161\n");
}

static void test_nothing_in_proc_can_be_changed(void **state)
{
	(void)state;
	expect("echo x > /proc/version", "koan: /proc/version: Permission denied\n");
	expect("echo x > /proc/new", "koan: /proc/new: Permission denied\n");
	expect("rm -r /proc", "rm: cannot remove '/proc': Operation not permitted\n");
	expect("rm /proc/version", "rm: cannot remove '/proc/version': Operation not permitted\n");
	expect("mkdir /sys/x", "mkdir: cannot create directory '/sys/x': Permission denied\n");
	expect("rm -r /", "rm: cannot remove '/': Device or resource busy\n");
}

/* Columns on the console, with all names as wide as the longest; dates, when they are not now. */
static void test_ls(void **state)
{
	struct node *node;

	(void)state;
	expect("ls", "");
	run("touch who num; echo 12345 > arr; mkdir flag");
	expect("ls", "arr   flag  num   who\n");
	expect("ls | cat", "arr\nflag\nnum\nwho\n");
	assert_int_equal(path_lookup("who", &node), 0);
	node->mtime = 1700000000;
	expect("ls -l", "total 4\n"
			"-rw-r--r-- 1 root root 6 Jan  1 00:00 arr\n"
			"drwxr-xr-x 2 root root 0 Jan  1 00:00 flag\n"
			"-rw-r--r-- 1 root root 0 Jan  1 00:00 num\n"
			"-rw-r--r-- 1 root root 0 Nov 14  2023 who\n");
	expect("rm arr num who; touch .a; ls; ls -a", "flag\n.     ..    .a    flag\n");
}

/* As a link in /sys/module/NAME/holders: described by -l, else what it leads to is what is meant. */
static void test_ls_links(void **state)
{
	struct node *dir, *link;

	(void)state;
	run("mkdir -p /root/far/away; echo 12345 > /root/far/file");
	assert_int_equal(path_lookup("/root", &dir), 0);
	assert_int_equal(fs_create_link(dir, "near", "far", &link), 0);
	expect("ls", "far   near\n");
	expect("ls near", "away  file\n");
	expect("ls -d near", "near\n");
	expect("ls -l near/", "total 4\n"
			      "drwxr-xr-x 2 root root 0 Jan  1 00:00 away\n"
			      "-rw-r--r-- 1 root root 6 Jan  1 00:00 file\n");
	expect("ls -l near", "lrwxrwxrwx 1 root root 3 Jan  1 00:00 near -> far\n");
	expect("cat near/fi*; cd near; pwd", "12345\n/root/far\n");
	expect("rm -r ../near; ls; ls ..", "away  file\nfar\n");
}

static void test_uname_and_help(void **state)
{
	const struct command *command;

	(void)state;
	expect("uname", "Koan\n");
	expect("uname -a", "Koan koan " UTS_RELEASE " " UTS_VERSION " x86_64 Koan\n");
	expect("uname -mrs", "Koan " UTS_RELEASE " x86_64\n");
	/* Each command is listed, and explains itself. */
	for (unsigned int i = 0; (command = command_at(i)); i++) {
		char line[64], wanted[64];

		assert_ptr_equal(command_find(command->name), command);
		assert_true(!i || strcmp(command_at(i - 1)->name, command->name) < 0);
		snprintf(wanted, sizeof(wanted), "%-9s %s\n", command->name, command->brief);
		assert_non_null(strstr(run("help"), wanted));
		snprintf(line, sizeof(line), "help %s", command->name);
		snprintf(wanted, sizeof(wanted), "Usage: %s", command->name);
		assert_ptr_equal(strstr(run(line), wanted), screen);
	}
	expect("help nosuch; echo $?",
	       "help: no command is called 'nosuch'; `help' lists all\n1\n");
}

/* How the machine ends when @line is run. */
static int power(const char *line)
{
	int status;
	pid_t child = fork();

	if (!child) {
		run(line);
		_exit(255);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void test_poweroff(void **state)
{
	(void)state;
	expect("poweroff 127; echo $?; poweroff x; echo $?; poweroff -1; poweroff 1 2",
	       "poweroff: invalid status: '127' is not from 0 to 126\n1\n"
	       "poweroff: invalid status: 'x'\n1\n"
	       "poweroff: invalid status: '-1'\n"
	       "poweroff: extra operand '2'\nTry 'poweroff --help' for more information.\n");
	assert_int_equal(power("poweroff"), 0);
	assert_int_equal(power("poweroff 126"), 126);
	assert_int_equal(power("reboot"), REBOOTED);
	expect("reboot now", "reboot: extra operand 'now'\n"
			     "Try 'reboot --help' for more information.\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_WORLD(test_insmod),
		IN_WORLD(test_insmod_errors),
		IN_WORLD(test_insmod_story),
		IN_WORLD(test_force),
		IN_WORLD(test_killed),
		IN_WORLD(test_lsmod),
		IN_WORLD(test_rmmod),
		IN_WORLD(test_modinfo),
		IN_WORLD(test_modinfo_parameters),
		IN_WORLD(test_builtin),
		IN_WORLD(test_dmesg),
		IN_WORLD(test_proc),
		IN_WORLD(test_tainted),
		IN_WORLD(test_nothing_in_proc_can_be_changed),
		IN_WORLD(test_ls),
		IN_WORLD(test_ls_links),
		IN_WORLD(test_uname_and_help),
		IN_WORLD(test_poweroff),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
