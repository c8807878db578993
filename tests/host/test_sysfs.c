/* SPDX-License-Identifier: MIT */
/*
 * test_sysfs.c: kernel/module/sysfs*.c on a module made by hand: the files of a module, the bytes
 * in them, and that nothing is left of them wherever memory runs out on the way.
 */
#include "module_file.h"

#include "libc.h"

#include "dev/dev.h"
#include "fs/fs.h"
#include "module/sysfs.h"
#include "sched/sched.h"

/* --- what the kernel would provide --- */

void *kzalloc(size_t size, gfp_t flags)
{
	return kmalloc(size, flags);
}

void *krealloc(void *old, size_t size, gfp_t flags)
{
	(void)flags;
	live_blocks += !old;
	return realloc(old, size);
}

char *kstrdup(const char *s, gfp_t flags)
{
	char *copy = kmalloc(strlen(s) + 1, flags);

	return copy ? strcpy(copy, s) : NULL;
}

u64 time_ns(void)
{
	return 0;
}

void panic(const char *fmt, ...)
{
	fail_msg("panic: %s", fmt);
	abort();
}

int module_refcount(struct module *module)
{
	return module->refcnt.counter - 1;
}

/* Nobody is killed here, but who pushes has to pop. */
static struct cleanup *cleanups;

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

/* --- a module --- */

enum {
	TEXT_AT = 1,
	NOTE_AT,
	FIRST_AT,
	SECOND_AT,
	SLASH_AT,
	EMPTY_AT,
	BSS_AT,
	MODINFO_AT,
	SECTIONS
};

static const char note[] = "\4\0\0\0\2\0\0\0\1\0\0\0GNU\0\n\xff";

static int number = 7;

static int set_number(const char *val, const struct kernel_param *kp)
{
	(void)kp;
	if (*val < '0' || *val > '9')
		return -EINVAL;
	number = atoi(val);
	return 0;
}

static int get_number(char *buffer, const struct kernel_param *kp)
{
	return sprintf(buffer, "%d\n", *(int *)kp->arg);
}

static const struct kernel_param_ops number_ops = {.set = set_number, .get = get_number};

static const struct kernel_param rows[] = {
	{"zebra", NULL, &number_ops, 0644, -1, 0, {&number}},
	{"ant", NULL, &number_ops, 0444, -1, 0, {&number}},
	{"unseen", NULL, &number_ops, 0, -1, 0, {&number}},
	{"unwritten", NULL, &number_ops, 0200, -1, 0, {&number}},
};

/* All that sysfs_add() looks at. */
struct world {
	struct module_file file;
	struct load ld;
	struct module mod, provider;
	struct module_private priv, provider_priv;
	struct module_use use;
};

static void module_make(struct module *mod, struct module_private *priv, const char *name)
{
	*mod = (struct module){.state = MODULE_STATE_COMING, .refcnt = {3}};
	*priv = (struct module_private){0};
	strcpy(mod->name, name);
	mod->priv = priv;
	INIT_LIST_HEAD(&mod->source_list);
	INIT_LIST_HEAD(&mod->target_list);
}

static void load_make(struct world *w)
{
	const struct section_spec specs[] = {
		{".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, 16, 32, NULL, 0, 0, 0},
		{".note.x", SHT_NOTE, SHF_ALLOC, 4, sizeof(note), note, 0, 0, 0},
		{".twice", SHT_PROGBITS, SHF_ALLOC, 1, 4, NULL, 0, 0, 0},
		{".twice", SHT_PROGBITS, SHF_ALLOC, 1, 4, NULL, 0, 0, 0},
		{".a/b", SHT_PROGBITS, SHF_ALLOC, 1, 4, NULL, 0, 0, 0},
		{".empty", SHT_PROGBITS, SHF_ALLOC, 1, 0, NULL, 0, 0, 0},
		{".bss", SHT_NOBITS, SHF_ALLOC | SHF_WRITE, 1, 4, NULL, 0, 0, 0},
		{".modinfo", SHT_PROGBITS, SHF_ALLOC, 1, 4, NULL, 0, 0, 0},
		{".debug", SHT_PROGBITS, 0, 1, 4, NULL, 0, 0, 0},
	};

	w->file = make_file(specs, ARRAY_SIZE(specs));
	w->ld = load_of(&w->file);
	assert_int_equal(elf_open(&w->ld), 0);
	assert_int_equal(layout_plan(&w->ld), 0);
	for (unsigned int i = 1; i < SECTIONS; i++) {
		w->ld.plan[i].address = 0xffffffffc0000000 + 0x100 * i;
		w->ld.plan[i].bytes = (u8 *)w->file.bytes + w->file.sections[i].sh_offset;
	}
	w->ld.mod = &w->mod;
	w->ld.name = w->mod.name;
}

static void world_make(struct world *w)
{
	struct node *node;

	module_make(&w->mod, &w->priv, "mine");
	module_make(&w->provider, &w->provider_priv, "other");
	w->mod.kp = rows;
	w->mod.num_kp = ARRAY_SIZE(rows);
	w->mod.version = "1.2";
	w->mod.mem[MOD_TEXT].size = 4096;
	w->mod.mem[MOD_RO_AFTER_INIT].size = 8192;
	w->mod.mem[MOD_INIT_DATA].size = 16384;
	w->mod.taints = 1UL << TAINT_OOT_MODULE | 1UL << TAINT_PROPRIETARY_MODULE;
	w->use = (struct module_use){.user = &w->mod, .provider = &w->provider};
	list_add(&w->use.source_list, &w->provider.source_list);
	list_add(&w->use.target_list, &w->mod.target_list);
	load_make(w);
	assert_int_equal(fs_mkdirs("/sys/module/other/holders", &node), 0);
	w->provider_priv.holders = node;
	w->provider_priv.sysfs = node->parent;
}

static void world_free(struct world *w)
{
	struct node *node;

	assert_int_equal(fs_lookup(&fs_root, "/sys", &node), 0);
	fs_remove(node);
	kfree(w->ld.plan);
	w->ld.plan = NULL;
	free_file(&w->file);
	assert_int_equal(live_blocks, 0);
	assert_null(cleanups);
}

static struct node *at(const char *path)
{
	char full[FS_PATH_MAX];
	struct node *node;

	snprintf(full, sizeof(full), "/sys/module/%s", path);
	if (fs_lookup(&fs_root, full, &node))
		return NULL;
	return node;
}

static void expect(const char *path, const char *wanted)
{
	struct file_view view;

	assert_non_null(at(path));
	assert_int_equal(file_open(at(path), &view), 0);
	assert_int_equal(view.size, strlen(wanted));
	assert_memory_equal(view.data, wanted, view.size);
	file_close(&view);
}

static void expect_children(const char *path, const char *wanted)
{
	const struct node *child;
	char names[512] = "";

	assert_non_null(at(path));
	list_for_each_entry (child, &at(path)->children, siblings)
		snprintf(names + strlen(names), sizeof(names) - strlen(names), "%s ", child->name);
	assert_string_equal(names, wanted);
}

/* --- tests --- */

static void test_files(void **state)
{
	struct world w;

	(void)state;
	world_make(&w);
	assert_int_equal(sysfs_add(&w.ld), 0);
	expect_children("mine", "coresize holders initsize initstate notes parameters refcnt "
				"sections taint uevent version ");
	expect("mine/coresize", "12288\n");
	expect("mine/initsize", "16384\n");
	expect("mine/initstate", "coming\n");
	expect("mine/refcnt", "2\n");
	expect("mine/taint", "PO\n");
	expect("mine/version", "1.2\n");
	w.mod.state = MODULE_STATE_LIVE;
	expect("mine/initstate", "live\n");
	w.mod.state = MODULE_STATE_GOING;
	expect("mine/initstate", "going\n");
	w.mod.taints = 0;
	expect("mine/taint", "\n");
	sysfs_remove(&w.mod);
	expect_children("", "other ");
	world_free(&w);
}

static void test_sections_and_notes(void **state)
{
	struct world w;
	struct file_view view;

	(void)state;
	world_make(&w);
	assert_int_equal(sysfs_add(&w.ld), 0);
	/* Not the one with a slash, nor the empty one, nor what the loader alone reads. */
	expect_children("mine/sections", ".bss .note.x .text .twice ");
	expect("mine/sections/.text", "0xffffffffc0000100\n");
	expect("mine/sections/.bss", "0xffffffffc0000700\n");
	assert_int_equal(at("mine/sections/.text")->mode, S_IFREG | 0400);
	assert_int_equal(at("mine/sections/.text")->size, strlen("0xffffffffc0000100\n"));
	expect_children("mine/notes", ".note.x ");
	assert_int_equal(file_open(at("mine/notes/.note.x"), &view), 0);
	assert_int_equal(view.size, sizeof(note));
	assert_memory_equal(view.data, note, sizeof(note));
	/* Who has it open keeps it, whatever becomes of the module. */
	sysfs_remove(&w.mod);
	memset(w.file.bytes, 0, w.file.len);
	assert_memory_equal(view.data, note, sizeof(note));
	file_close(&view);
	world_free(&w);
}

static void test_parameters(void **state)
{
	struct world w;
	struct file_view view;

	(void)state;
	world_make(&w);
	assert_int_equal(sysfs_add(&w.ld), 0);
	expect_children("mine/parameters", "ant unwritten zebra ");
	assert_int_equal(at("mine/parameters/zebra")->mode, S_IFREG | 0644);
	expect("mine/parameters/ant", "7\n");
	assert_int_equal(file_write(at("mine/parameters/zebra"), "19\n", 3, false), 0);
	expect("mine/parameters/ant", "19\n");
	assert_int_equal(file_write(at("mine/parameters/zebra"), "x\n", 2, false), -EINVAL);
	assert_int_equal(file_write(at("mine/parameters/ant"), "1\n", 2, false), -EACCES);
	assert_int_equal(file_open(at("mine/parameters/unwritten"), &view), -EACCES);
	expect("mine/parameters/zebra", "19\n");
	number = 7;
	sysfs_remove(&w.mod);
	world_free(&w);
}

static void test_no_parameters(void **state)
{
	struct world w;

	(void)state;
	world_make(&w);
	w.mod.num_kp = 0;
	w.mod.version = NULL;
	w.mod.srcversion = "ABC";
	assert_int_equal(sysfs_add(&w.ld), 0);
	expect_children("mine", "coresize holders initsize initstate notes refcnt sections "
				"srcversion taint uevent ");
	expect("mine/srcversion", "ABC\n");
	sysfs_remove(&w.mod);
	world_free(&w);
}

static void test_holders(void **state)
{
	struct world w;

	(void)state;
	world_make(&w);
	assert_int_equal(sysfs_add(&w.ld), 0);
	expect_children("other/holders", "mine ");
	assert_ptr_equal(at("other/holders/mine"), at("mine"));
	expect("other/holders/mine/coresize", "12288\n");
	sysfs_remove(&w.mod);
	expect_children("other/holders", "");
	world_free(&w);
}

static void test_refusals(void **state)
{
	static const struct kernel_param twice[] = {
		{"debug", NULL, &number_ops, 0444, -1, 0, {&number}},
		{"debug", NULL, &number_ops, 0644, -1, 0, {&number}},
	};
	static const struct kernel_param odd = {"a/b", NULL, &number_ops, 0444, -1, 0, {&number}};
	struct world w;

	(void)state;
	world_make(&w);
	w.mod.kp = twice;
	w.mod.num_kp = 2;
	assert_int_equal(sysfs_add(&w.ld), -EINVAL);
	assert_string_equal(logged, "mine: two of its parameters are named `debug'\n");
	sysfs_remove(&w.mod);
	w.mod.kp = &odd;
	w.mod.num_kp = 1;
	forget_log();
	assert_int_equal(sysfs_add(&w.ld), -EINVAL);
	assert_string_equal(logged, "mine: no file in /sys can be named `a/b'\n");
	sysfs_remove(&w.mod);
	strcpy(w.mod.name, "other");
	forget_log();
	assert_int_equal(sysfs_add(&w.ld), -EINVAL);
	assert_string_equal(logged, "other: module is already loaded\n");
	sysfs_remove(&w.mod);
	expect_children("", "other ");
	world_free(&w);
}

/* Each allocation fails once: every time the module is refused, says so, and leaves nothing. */
static void test_no_memory(void **state)
{
	long before, failures = 0;
	struct world w;
	int err;

	(void)state;
	world_make(&w);
	before = live_blocks;
	do {
		forget_log();
		allocations = 0;
		fail_at = ++failures;
		err = sysfs_add(&w.ld);
		fail_at = 0;
		assert_true(err == 0 || err == -ENOMEM);
		assert_string_equal(logged, err ? "mine: no memory for /sys/module/mine\n" : "");
		sysfs_remove(&w.mod);
		assert_int_equal(live_blocks, before);
		expect_children("", "other ");
		expect_children("other/holders", "");
	} while (err);
	/* There are two a file, and lists and texts besides. */
	assert_true(failures > 40);
	world_free(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),	   cmocka_unit_test(test_sections_and_notes),
		cmocka_unit_test(test_parameters), cmocka_unit_test(test_no_parameters),
		cmocka_unit_test(test_holders),	   cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
