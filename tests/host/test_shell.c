/* SPDX-License-Identifier: MIT */
/*
 * test_shell.c: the whole shell with all of its commands, in the world of shell_world.h: the same
 * lines as bash and the GNU tools run them; what only a console has; and lines with each of their
 * allocations failing.
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

#include "libc.h"
#include "shell_world.h"

/* --- as bash and the GNU tools --- */

/* One after the other, in one directory, which is empty at first. */
static const char *const unix_lines[] = {
	"echo hello; echo $?",
	"echo -n a; echo -e 'b\\tc\\x41\\0102\\n\\\\d\\qe'; echo -ne 'f\\cg'; echo; echo -z -n x",
	"false; echo $?; true; echo $?",
	"false && echo no || echo yes; true || echo no; true && echo yes",
	"nosuchcommand; echo $?",
	"./nosuchfile; echo $?",
	"cat nosuch; echo $?",
	"echo one > f; echo two >> f; cat f; cat < f; cat f -",
	"echo three | cat f -; echo x | cat -n f -",
	"> empty; cat empty; wc empty; wc < empty",
	"echo a b c > g; cat f g; cat f nosuch g; echo $?",
	"wc f g; wc -l f; wc -w f; wc -c f g; wc -lc f; cat f | wc; cat f | wc -l; wc < f; wc -l < f",
	"wc f nosuch; echo $?; wc -lw f -- g",
	"echo z > 'a b'; cat 'a b' a\\ b \"a b\"",
	"cat f > copy; cat copy | cat | cat > copy2; cat copy2",
	"echo -e '3\\n10\\n2\\n2\\nx\\n-1\\n1.5' > n; sort n; sort -n n; sort -rn n; sort -nu n; sort -u n",
	"sort -r n f; sort nosuch; echo $?; sort < n; echo -n last | sort - f",
	"echo -e 'a 1\\nb 1\\na 2' | sort -u; echo -e '1 b\\n1 a\\n1 b' | sort -n; "
	"echo -e '1 b\\n1 a\\n1 b' | sort -nu; echo -e '1 b\\n1 a\\n1 b' | sort -nur",
	"head -n 2 n; head -3 n; head -c 4 n; head -n 0 n; head -n 100 n; head f n",
	"tail -n 2 n; tail -3 n; tail -c 4 n; tail -n 0 n; tail -n +6 n; tail -c +16 n; tail f n",
	"echo -n 'no newline' > nn; tail -n 1 nn; echo; head -n 1 nn; echo; echo -e 'a\\nb\\n\\n' | tail -n 2",
	"head nosuch; echo $?; tail nosuch f; echo $?; head -n x f; echo $?; tail -c 1x f; echo $?",
	"grep o f; grep -v o f; echo $?; grep -c o f n; grep -n o f; grep -i ONE f; grep x f; echo $?",
	"grep -e one -e three f n; grep -q one f; echo $?; grep -q nope f; echo $?; grep -l o f n g",
	"grep -h o f f; grep -H o f; grep -F . n; grep -E '^(1|2)' n; grep '^1.*0$' n; grep -w 1 n; grep -x 2 n",
	"grep o nosuch f; echo $?; grep -q one nosuch f; echo $?; cat f | grep o; cat f | grep -c o - f",
	"grep '[a' f; echo $?; grep '\\(' f; echo $?; grep -E 'a)' f; echo $?",
	"ls -1; ls -1 nosuch; echo $?; ls -1 f nosuch g; echo $?; ls -a | head -n 3; ls -d .",
	"mkdir d; mkdir d; echo $?; mkdir d/e d/e/f; mkdir -p d/x/y d/x; ls -1 d d/x; mkdir no/such; echo $?",
	"mkdir -p f/x; echo $?; mkdir -p d/; touch d/t; ls -1 d/; touch no/such; echo $?; cat d; echo $?",
	"cp f d; cat d/f; cp f g d; ls -1 d; cp f d/f2; cat d/f2; cp nosuch d; echo $?; cp f f; echo $?",
	"cp; echo $?; cp f; echo $?; cp f g nosuch; echo $?; cp d e; echo $?",
	"rm d/t nosuch; echo $?; rm -f nosuch; echo $?; rm d; echo $?; rm -r d/x; ls -1 d; rm; echo $?",
	"rm -r .; echo $?; rm -rf d; ls -d d; echo $?",
	"echo *; echo [fg]*; echo '*'; echo \\*; echo no*such; echo ?; ls -1 [!a-m]*; mkdir q; touch q/1 q/2; echo q/* */1",
	"cd q; echo *; cd ..; cd nosuch; echo $?; cd f; echo $?; cd q q; echo $?",
	"echo a | nosuchcommand | cat; echo $?; echo a | false; echo $?; false | true; echo $?",
	"nosuchcommand 2> err; wc -l < err; cat nosuch 2>&1 | wc -l; cat nosuch f > both 2>&1; cat both",
	"cat nosuch &> err; cat err; echo to-err >&2; echo to-file 2>&1 > out; cat out; cat nosuch 2>> err; cat err",
	"cat < nosuch; echo $?; echo x > q; echo $?; echo x > no/such; echo $?",
	"> two > three; ls -1 two three; echo x > two > three; cat two three",
	"echo \"it's\" 'say \"x\"' a\\'b; echo \"$?\" '$?' \\$?; echo a#b # comment",
	"echo a;echo b;; echo c",
	"| cat",
	"echo >",
	"echo 'open",
	"a && | b",
	"ls -z; echo $?; cat -y; echo $?; head -n; echo $?; wc --nope; echo $?; sort -q; echo $?; rm -x; echo $?",
	"grep; echo $?; uname -X; echo $?; uname x; echo $?; mkdir; echo $?; touch; echo $?",
	"cat -- f; echo -- x; grep -e -c f; echo $?; ls -- f",
	"true --help; false --help; echo --help",
	"echo end",
};

#define SEPARATOR "=-=-=\n"

/*
 * What real tools print for all lines, with SEPARATOR behind each. bash names its script and the
 * line in its messages; we are called koan and have no lines.
 */
static char *run_in_bash(void)
{
	static char out[1 << 18];
	char dir[] = "/tmp/koan-test-shell-XXXXXX", command[512], path[64];
	size_t len, i;
	FILE *f;

	assert_non_null(mkdtemp(dir));
	for (i = 0; i < sizeof(unix_lines) / sizeof(*unix_lines); i++) {
		snprintf(path, sizeof(path), "%s/%zu", dir, i);
		f = fopen(path, "w");
		fputs(unix_lines[i], f);
		fputs("\n", f);
		fclose(f);
	}
	snprintf(command, sizeof(command),
		 "cd %s && mkdir home && cd home && for n in $(seq 0 %zu); do "
		 "LC_ALL=C bash -c '. ../'$n </dev/null 2>&1 | "
		 "sed -E 's|^bash: line 1: |koan: |; s|^\\.\\./[0-9]+: line [0-9]+: |koan: |; "
		 "s|^bash: |koan: |; /^koan: `/d'; printf '"
		 "=-=-=\\n'; done; rm -r %s",
		 dir, i - 1, dir);
	f = popen(command, "r");
	len = fread(out, 1, sizeof(out) - 1, f);
	out[len] = '\0';
	assert_int_equal(pclose(f), 0);
	return out;
}

static void test_as_bash_and_gnu(void **state)
{
	char *theirs = run_in_bash(), *end;
	unsigned int different = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(unix_lines) / sizeof(*unix_lines); i++) {
		shell_set_status(0);
		assert_int_equal(cwd_set("/root"), 0);
		run(unix_lines[i]);
		end = strstr(theirs, SEPARATOR);
		assert_non_null(end);
		*end = '\0';
		if (strcmp(theirs, screen) != 0) {
			print_error("%s\n--- bash and GNU:\n%s--- Koan:\n%s---\n", unix_lines[i],
				    theirs, screen);
			different++;
		}
		theirs = end + strlen(SEPARATOR);
	}
	assert_int_equal(different, 0);
}

/* --- what only a console has --- */

static void test_typed_input(void **state)
{
	static const char *const lines[] = {"b", "a", NULL}, *const broken[] = {"b", "^C", NULL};

	(void)state;
	typed = lines;
	expect("sort", "a\nb\n");
	typed = lines;
	expect("cat > f; cat f", "b\na\n");
	typed = broken;
	expect("cat; echo $?", "130\n");
}

static void test_time(void **state)
{
	(void)state;
	expect("time echo a | cat", "a\n\nreal\t0m0.000s\nuser\t0m0.000s\nsys\t0m0.000s\n");
	expect("time false; echo $?", "\nreal\t0m0.000s\nuser\t0m0.000s\nsys\t0m0.000s\n1\n");
}

/* The directory we are in may go, with a module for instance. */
static void test_lost_directory(void **state)
{
	(void)state;
	run("mkdir d; cd d; rm -r /root/d");
	expect("ls; pwd", "ls: cannot access '.': No such file or directory\n/root/d\n");
	expect("echo x > f", "koan: f: No such file or directory\n");
	expect("echo *; cd ..; cd; pwd", "*\nkoan: cd: ..: No such file or directory\n/root\n");
}

/* --- Tab --- */

static void expect_completion(const char *line, const char *insert, const char *listed)
{
	static struct completion found;

	memset(&found, 0, sizeof(found));
	complete_word(line, &found);
	assert_string_equal(found.insert, insert);
	screen_len = 0;
	complete_list(line);
	assert_string_equal(screen, listed);
}

static void test_completion(void **state)
{
	(void)state;
	run("mkdir mods; touch mods/a.ko 'mods/b c.ko' note .hidden");
	load_all();
	expect_completion("ins", "mod ", "insmod\n");
	expect_completion("ls | ins", "mod ", "insmod\n");
	expect_completion("true;ins", "mod ", "insmod\n");
	expect_completion("re", "boot ", "reboot\n");
	expect_completion("r", "", "reboot  rm      rmmod\n");
	expect_completion("insmod n", "ote ", "note\n");
	expect_completion("ksym ker", "nel_main ", "kernel_main\n");
	expect_completion("ksym hello_init ker", "nel_main ", "kernel_main\n");
	expect_completion("ls; ksym hello", "_init ", "hello_init\n");
	expect_completion("ksym zz", "", "\n");
	expect_completion("insmod m", "ods/", "mods\n");
	expect_completion("insmod ", "", "mods  note\n");
	expect_completion("insmod mods/", "", "a.ko    b c.ko\n");
	expect_completion("insmod mods/b", "\\ c.ko ", "b c.ko\n");
	expect_completion("insmod mods/b\\ c", ".ko ", "b c.ko\n");
	expect_completion("cat .h", "idden ", ".hidden\n");
	expect_completion("cat > n", "ote ", "note\n");
	expect_completion("cat /pr", "oc/", "proc\n");
	expect_completion("./no", "te ", "note\n");
	expect_completion("rmmod user_", "", "user_a  user_b\n");
	expect_completion("rmmod p", "erm ", "perm\n");
	expect_completion("cat 'n", "", "\n");
	expect_completion("cat # n", "", "\n");
	expect_completion("cat nosuch/", "", "\n");
}

/* --- each allocation failing --- */

static const char *const memory_lines[] = {
	"echo a b c | cat | wc",
	"echo text > f; cat f >> g; cat g",
	"cat note | grep -e o -e x | sort -r | head -n 1; echo $?",
	"ls -l . mods; ls *o* m*/*",
	"sort -n note; wc note; tail -n 1 note",
	"mkdir -p x/y; touch x/y/z; cp note x; rm -r x",
	"insmod note a=1 b=2; lsmod; rmmod user_a base",
	"modinfo mods/p.ko; modinfo -F parm mods/p.ko",
	"cat /proc/meminfo /proc/kallsyms /proc/version; dmesg",
	"cat < note > h; nosuch 2> i; cat h i",
	"time echo x; help; uname -a; free",
	"sort > typed",
};

static void memory_world(void **state)
{
	static const char *const lines[] = {"typed text", NULL};
	struct node *node;

	world_start(state);
	load_all();
	typed = lines;
	run("echo -e 'one\\ntwo\\nthree' > note; mkdir mods");
	assert_int_equal(path_make("mods/p.ko", S_IFREG | 0644, &node), 0);
	assert_int_equal(file_write(node, PARAMS_MODINFO, strlen(PARAMS_MODINFO), false), 0);
}

/* Runs @line with allocation number @n failing; false when it needs fewer. */
static bool run_without_memory(void **state, const char *line, long n, const char *normal)
{
	bool reached;

	memory_world(state);
	allocations = 0;
	fail_at = n;
	run(line);
	reached = allocations >= n;
	fail_at = 0;
	/* Either nobody noticed, or it was said. */
	if (strcmp(screen, normal) != 0 && !strstr(screen, "memory"))
		fail_msg("%s\nallocation %ld fails, and it prints:\n%s", line, n, screen);
	world_end(state); /* and nothing is lost */
	return reached;
}

static void test_no_memory(void **state)
{
	static char normal[sizeof(screen)];

	for (size_t i = 0; i < sizeof(memory_lines) / sizeof(*memory_lines); i++) {
		long n = 1;

		memory_world(state);
		strcpy(normal, run(memory_lines[i]));
		world_end(state);
		while (run_without_memory(state, memory_lines[i], n, normal))
			n++;
		assert_true(n > 2);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_WORLD(test_as_bash_and_gnu),
		IN_WORLD(test_typed_input),
		IN_WORLD(test_time),
		IN_WORLD(test_lost_directory),
		IN_WORLD(test_completion),
		cmocka_unit_test(test_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
