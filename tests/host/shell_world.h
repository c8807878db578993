/* SPDX-License-Identifier: MIT */
/*
 * shell_world.h: a world for the shell and the file tree to run in on this machine: a console that
 * is a buffer, a heap that can be told to fail, three modules, a log of two lines.
 */
#ifndef TESTS_HOST_SHELL_WORLD_H
#define TESTS_HOST_SHELL_WORLD_H

#include <linux/errno.h>
#include <linux/list.h>
#include <linux/slab.h>

#include "cpu/cpu.h"
#include "dev/dev.h"
#include "fs/fs.h"
#include "fs/proc.h"
#include "log/log.h"
#include "mm/mm.h"
#include "module/modules.h"
#include "sched/sched.h"
#include "shell/command.h"
#include "shell/line.h"
#include "sym/sym.h"

/* --- the console --- */

static char screen[1 << 20];
static size_t screen_len;

void console_write(const char *s, size_t len)
{
	assert_true(screen_len + len < sizeof(screen));
	memcpy(screen + screen_len, s, len);
	screen_len += len;
	screen[screen_len] = '\0';
}

/* Lines that a command reads, one after the other; then the end. */
static const char *const *typed;

int console_read_line(const char *prompt, const char **text)
{
	assert_string_equal(prompt, "");
	if (!typed || !*typed)
		return LINE_END;
	*text = *typed++;
	return strcmp(*text, "^C") == 0 ? LINE_CANCEL : LINE_DONE;
}

/* --- the commands that need a machine --- */

static int nothing_run(struct io *io, int argc, char **argv)
{
	(void)io;
	(void)argc;
	(void)argv;
	return 0;
}

#define ABSENT_COMMAND(word)                                                                       \
	const struct command cmd_##word = {                                                        \
		.name = #word,                                                                     \
		.usage = "",                                                                       \
		.brief = "nothing to be seen here",                                                \
		.text = "This is not the machine.",                                                \
		.run = nothing_run,                                                                \
	}
ABSENT_COMMAND(ksym);
ABSENT_COMMAND(ptdump);

/* --- the shell's own loop: here a test types the lines --- */

int shell_inner(const char *line)
{
	if (line)
		shell_execute(line);
	return shell_status();
}

bool shell_leave(void)
{
	return false;
}

bool shell_is_leaving(void)
{
	return false;
}

/* --- the heap --- */

static long live_blocks; /* handed out and not given back */
static long fail_at;	 /* the number of the allocation that fails; 0: none */
static long allocations;

void *kmalloc(size_t size, gfp_t flags)
{
	void *p;

	if (++allocations == fail_at)
		return NULL;
	p = malloc(size ? size : 1);
	assert_non_null(p);
	memset(p, flags & __GFP_ZERO ? 0 : 0xa5, size);
	live_blocks++;
	return p;
}

void *kzalloc(size_t size, gfp_t flags)
{
	return kmalloc(size, flags | __GFP_ZERO);
}

void *krealloc(void *old, size_t size, gfp_t flags)
{
	void *p;

	(void)flags;
	if (++allocations == fail_at)
		return NULL;
	p = realloc(old, size);
	assert_non_null(p);
	live_blocks += !old;
	return p;
}

void kfree(const void *p)
{
	live_blocks -= p != NULL;
	free((void *)p);
}

char *kstrdup(const char *s, gfp_t flags)
{
	char *copy = kmalloc(strlen(s) + 1, flags);

	return copy ? memcpy(copy, s, strlen(s) + 1) : NULL;
}

void mm_count(struct mm_counts *counts)
{
	*counts = (struct mm_counts){.total_frames = 32768,
				     .free_frames = 16384,
				     .heap_bytes = 1025,
				     .heap_objects = 3,
				     .big_pages = 2,
				     .module_pages = 6};
}

/* proc_devices.c is left out: it tells of the hardware. */
int proc_interrupts_show(struct seq_file *m)
{
	(void)m;
	return 0;
}

int proc_ioports_show(struct seq_file *m)
{
	(void)m;
	return 0;
}

int proc_iomem_show(struct seq_file *m)
{
	(void)m;
	return 0;
}

struct boot_info boot_info = {.cmdline = "loglevel=4"};

/* There is always enough of the stack. */
bool stack_range(unsigned long sp, unsigned long *start, unsigned long *end)
{
	(void)sp;
	*start = *end = 0;
	return false;
}

/* --- time, the end --- */

static u64 now_ns;

u64 time_ns(void)
{
	return now_ns;
}

/* The machine is the process; a test that wants to live on runs the line in a child. */
#define REBOOTED 200

void machine_poweroff(u8 status)
{
	_exit(status);
}

void machine_reboot(void)
{
	_exit(REBOOTED);
}

void panic(const char *fmt, ...)
{
	fail_msg("panic: %s", fmt);
	abort();
}

int panic_on_oops;

/* --- tasks: as kernel/sched/task.c, whose way to go back is the processor's --- */

static jmp_buf task_start;
static struct cleanup *cleanups; /* last pushed first */

bool task_run(int (*fn)(void *data), void *data, int *result)
{
	struct cleanup *outer = cleanups;
	jmp_buf before;
	bool alive;

	memcpy(&before, &task_start, sizeof(before));
	cleanups = NULL;
	alive = !setjmp(task_start);
	if (alive) {
		*result = fn(data);
		assert_null(cleanups);
	}
	cleanups = outer;
	memcpy(&task_start, &before, sizeof(before));
	return alive;
}

void task_kill(void)
{
	struct cleanup *cleanup;

	while (cleanups) {
		cleanup = cleanups;
		cleanups = cleanup->outer;
		cleanup->fn(cleanup->data);
	}
	longjmp(task_start, 1);
}

void cleanup_push(struct cleanup *cleanup, void (*fn)(void *data), void *data)
{
	*cleanup = (struct cleanup){.outer = cleanups, .fn = fn, .data = data};
	cleanups = cleanup;
}

void cleanup_pop(struct cleanup *cleanup)
{
	assert_ptr_equal(cleanups, cleanup);
	cleanups = cleanup->outer;
}

/* --- the log --- */

static int level = CONSOLE_LOGLEVEL;
static u64 first_seq;
static char warnings[4096]; /* printk() while the test runs */

int log_read(u64 seq, struct log_record *record)
{
	if (seq > 1)
		return -ENOENT;
	*record = (struct log_record){.seq = seq, .time_ns = seq * 1500000000};
	strcpy(record->text, seq ? "second" : "first");
	return 0;
}

u64 log_next_seq(void)
{
	return 2;
}

/* Of the two messages the second comes from the load. */
static bool held;

void log_hold(void)
{
	held = true;
}

void log_release(void)
{
	held = false;
}

u64 log_take(void)
{
	held = false;
	return 1;
}

static bool is_aside;

void log_aside_begin(void)
{
	is_aside = true;
}

void log_aside_end(void)
{
	is_aside = false;
}

void log_clear(void)
{
	first_seq = 2;
}

u64 log_first_seq(void)
{
	return first_seq;
}

int log_stamp(char *buf, size_t size, u64 ns)
{
	return snprintf(buf, size, "[%5llu.%06llu] ", ns / 1000000000, ns / 1000 % 1000000);
}

int console_set_loglevel(int wanted)
{
	if (wanted < 1 || wanted > 8)
		return -EINVAL;
	level = wanted;
	return 0;
}

void dump_stack(void)
{
}

int printk(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(warnings + strlen(warnings), sizeof(warnings) - strlen(warnings), fmt, args);
	va_end(args);
	return 0;
}

/* --- modules: base is used by two others and newest last; perm cannot be removed --- */

enum { BASE, USER_B, USER_A, PERM, MODULES };

static struct module modules[MODULES] = {
	[BASE] = {.name = "base", .refcnt = {3}},
	[USER_B] = {.name = "user_b", .refcnt = {1}},
	[USER_A] = {.name = "user_a", .refcnt = {1}},
	[PERM] = {.name = "perm", .refcnt = {1}},
};
static bool loaded[MODULES];
static int load_result;
static char load_args[128];

static unsigned int load_flags;

#define LOAD_KILLS 1 /* as load_result: init does what the processor forbids */

static __printf(4, 5) void tell_line(const struct load_listener *listener, unsigned int phase,
				     const char *step, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	listener->tell(listener->data, listener->phases ? phase : 99, step, fmt, args);
	va_end(args);
}

int module_load(const void *image, size_t len, const char *args, unsigned int flags,
		const struct load_listener *listener)
{
	assert_true(!len || image);
	load_flags = flags;
	assert_int_equal(is_aside, (flags & MODULE_INIT_DRY_RUN) != 0);
	if (listener) {
		tell_line(listener, 0, "between", "%s %d", "two phases", 7);
		tell_line(listener, 12, "phase", listener->every_relocation ? "all" : "few");
	}
	if (load_result == LOAD_KILLS)
		task_kill();
	strcpy(load_args, args);
	return load_result;
}

const char *reloc_name(u32 type)
{
	return type == 1 ? "R_X86_64_64" : NULL;
}

void module_load_file(const struct node *node)
{
	assert_non_null(node);
}

struct module *find_module(const char *name)
{
	for (int i = 0; i < MODULES; i++)
		if (loaded[i] && strcmp(modules[i].name, name) == 0)
			return &modules[i];
	return NULL;
}

/* No module goes here. */
int register_module_notifier(struct notifier_block *nb)
{
	(void)nb;
	return 0;
}

int module_refcount(struct module *mod)
{
	return mod->refcnt.counter - 1;
}

int module_unload(const char *name, bool force)
{
	struct module *mod = find_module(name);

	if (mod == &modules[PERM] && !force)
		return -EBUSY;
	loaded[mod - modules] = false;
	return 0;
}

bool try_module_get(struct module *mod)
{
	return !mod || mod->state != MODULE_STATE_GOING;
}

void module_put(struct module *mod)
{
	(void)mod;
}

int module_each(int (*fn)(struct module *mod, void *data), void *data)
{
	int err = 0;

	for (int i = MODULES - 1; i >= 0 && !err; i--)
		if (loaded[i])
			err = fn(&modules[i], data);
	return err;
}

int module_each_user(struct module *mod, int (*fn)(struct module *user, void *data), void *data)
{
	int err = 0;

	if (mod != &modules[BASE])
		return 0;
	if (loaded[USER_B])
		err = fn(&modules[USER_B], data);
	if (!err && loaded[USER_A])
		err = fn(&modules[USER_A], data);
	return err;
}

static __maybe_unused void load_all(void)
{
	for (int i = 0; i < MODULES; i++)
		loaded[i] = true;
	modules[BASE].mem[MOD_TEXT].size = 4096;
	modules[BASE].mem[MOD_DATA].size = 8192;
	modules[BASE].mem[MOD_INIT_TEXT].size = 4096; /* not counted */
	modules[BASE].refcnt.counter = 3;
}

/* Here a file is compressed when it is named so; unpacked it lacks its first three bytes, "gz:". */
unsigned int module_file_flags(const char *path, const void *image, size_t len)
{
	size_t n = strlen(path);

	assert_true(!len || image);
	return n > 3 && strcmp(path + n - 3, ".gz") == 0 ? MODULE_INIT_COMPRESSED_FILE : 0;
}

int module_unpack(const void *image, size_t len, void **unpacked, size_t *size)
{
	if (len < 3 || memcmp(image, "gz:", 3) != 0)
		return -EINVAL;
	*size = len - 3;
	*unpacked = kmalloc(*size, GFP_KERNEL);
	if (!*unpacked)
		return -ENOMEM;
	memcpy(*unpacked, (const char *)image + 3, *size);
	return 0;
}

/* The order of tags as compilers write them: the last of the source first. */
#define PARAMS_MODINFO                                                                             \
	"parmtype=who:charp\nparmtype=num:int\nparm=num:A number\nparm=flag:Alone\nparm=bad\n"     \
	"license=GPL\ndepends=\nsomethinglonger_than=x\n"

/* "tag=value" a line; the first byte of a file that is no module is not a letter. */
int modinfo_each(const void *image, size_t len,
		 int (*fn)(const char *tag, size_t tag_len, const char *value, void *data),
		 void *data)
{
	static char copy[1024];
	char *line, *equals;
	int err = 0;

	if (!len || *(const char *)image == '\x7f')
		return -ENOEXEC;
	memcpy(copy, image, len);
	copy[len] = '\0';
	for (line = strtok(copy, "\n"); line && !err; line = strtok(NULL, "\n")) {
		equals = strchr(line, '=');
		err = fn(line, (size_t)(equals - line), equals + 1, data);
	}
	return err;
}

int sym_each(int (*fn)(const struct ksym *sym, void *data), void *data)
{
	static const struct ksym syms[] = {
		{0xffffffff80100000, 'T', "kernel_main", NULL},
		{0xffffffffc0000010, 't', "hello_init", "hello"},
	};

	return fn(&syms[0], data) || fn(&syms[1], data);
}

/* --- running --- */

/* What @line prints. */
static const char *run(const char *line)
{
	screen_len = 0;
	screen[0] = '\0';
	shell_execute(line);
	return screen;
}

/* Not every test that lives here needs all of it. */
static __maybe_unused void expect(const char *line, const char *output)
{
	if (strcmp(run(line), output) != 0)
		fail_msg("%s\n--- expected:\n%s--- is:\n%s---", line, output, screen);
}

/* A fresh tree, and we are in /root of it. */
static int world_start(void **state)
{
	(void)state;
	fail_at = 0;
	typed = NULL;
	level = CONSOLE_LOGLEVEL;
	first_seq = 0;
	now_ns = 0;
	load_result = 0;
	warnings[0] = '\0';
	memset(loaded, 0, sizeof(loaded));
	fs_init();
	proc_init();
	assert_int_equal(cwd_set("/root"), 0);
	run("true");
	return 0;
}

/* Everything in the tree goes, and then nothing may be left of the heap. */
static int world_end(void **state)
{
	(void)state;
	while (!list_empty(&fs_root.children))
		fs_remove(list_first_entry(&fs_root.children, struct node, siblings));
	assert_int_equal(live_blocks, 0);
	return 0;
}

#define IN_WORLD(f) cmocka_unit_test_setup_teardown(f, world_start, world_end)

#endif
