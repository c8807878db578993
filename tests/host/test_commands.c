/* SPDX-License-Identifier: MIT */
/*
 * test_commands.c: the commands that no other system has, or not with the same answers: dmesg, /proc,
 * ls on a console, uname, help, poweroff; kmod's tools are in test_kmod.c. The world is shell_world.h's.
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
