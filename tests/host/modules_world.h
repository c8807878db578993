/* SPDX-License-Identifier: MIT */
/*
 * modules_world.h: the modules that the shell finds on this machine: four, of which base is used by
 * two others; a loader that only notes what it is asked for; modinfo and symbols of a few lines.
 */
#ifndef TESTS_HOST_MODULES_WORLD_H
#define TESTS_HOST_MODULES_WORLD_H

#include "machine_world.h"
#include "module/modules.h"
#include "sym/sym.h"

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

#endif
