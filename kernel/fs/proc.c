/* SPDX-License-Identifier: MIT */
/*
 * proc.c: /proc, and the files in it that tell of layers below: kallsyms, meminfo, cmdline,
 * version, uptime. Each has Linux's name and layout. meminfo ends with rows of Koan's own: exact
 * counts, so that a test can tell whether all was given back.
 */
#include "fs/fs.h"
#include "fs/proc.h"

#include <linux/bug.h>
#include <linux/kernel.h>
#include "dev/dev.h"
#include "fs/uts.h"
#include "mm/mm.h"
#include "sched/sched.h"
#include "sym/sym.h"

#ifdef __clang__
#define COMPILER __VERSION__
#else
#define COMPILER "gcc " __VERSION__
#endif

#define NS_PER_CENTISECOND 10000000ULL

#ifdef CONFIG_KALLSYMS
static int kallsyms_row(const struct ksym *sym, void *m)
{
	seq_printf(m, "%016lx %c %s", kallsyms_show_value() ? sym->address : 0, sym->type,
		   sym->name);
	if (sym->module)
		seq_printf(m, "\t[%s]", sym->module);
	seq_putc(m, '\n');
	return 0;
}

static int kallsyms_show(struct seq_file *m)
{
	return sym_each(kallsyms_row, m);
}
#endif

static void row_kb(struct seq_file *m, const char *label, u64 kb)
{
	seq_printf(m, "%-16s%8llu kB\n", label, kb);
}

static void row_count(struct seq_file *m, const char *label, u64 count)
{
	seq_printf(m, "%-16s%8llu\n", label, count);
}

static int meminfo_show(struct seq_file *m)
{
	const u64 page_kb = PAGE_SIZE / 1024;
	struct mm_counts c;

	mm_count(&c);
	row_kb(m, "MemTotal:", c.total_frames * page_kb);
	row_kb(m, "MemFree:", c.free_frames * page_kb);
	row_kb(m, "MemAvailable:", c.free_frames * page_kb);
	row_kb(m, "Slab:", DIV_ROUND_UP(c.heap_bytes, 1024));
	row_kb(m, "VmallocUsed:", (c.big_pages + c.module_pages) * page_kb);
	row_count(m, "FramesTotal:", c.total_frames);
	row_count(m, "FramesFree:", c.free_frames);
	row_count(m, "HeapBytes:", c.heap_bytes);
	row_count(m, "HeapObjects:", c.heap_objects);
	row_count(m, "BigPages:", c.big_pages);
	row_count(m, "ModulePages:", c.module_pages);
	return 0;
}

static int cmdline_show(struct seq_file *m)
{
	seq_printf(m, "%s\n", boot_info.cmdline);
	return 0;
}

static int version_show(struct seq_file *m)
{
	seq_puts(m, UTS_SYSNAME " version " UTS_RELEASE " (" COMPILER ") " UTS_VERSION "\n");
	return 0;
}

/* Linux adds the idle time, which Koan does not measure. */
static int uptime_show(struct seq_file *m)
{
	u64 cs = time_ns() / NS_PER_CENTISECOND;

	seq_printf(m, "%llu.%02llu\n", cs / 100, cs % 100);
	return 0;
}

static const struct {
	const char *name;
	struct node_ops ops;
} proc_files[] = {
#ifdef CONFIG_KALLSYMS
	{"kallsyms", {.show = kallsyms_show}},
#endif
	{"cmdline", {.show = cmdline_show}},   {"interrupts", {.show = proc_interrupts_show}},
	{"iomem", {.show = proc_iomem_show}},  {"ioports", {.show = proc_ioports_show}},
	{"meminfo", {.show = meminfo_show}},   {"uptime", {.show = uptime_show}},
	{"version", {.show = version_show}},
};

void proc_init(void)
{
	struct node *dir, *file;
	unsigned int i;

	/* Drivers put their files into /proc/driver. */
	if (fs_mkdirs("/proc", &dir) || fs_create(dir, "driver", S_IFDIR | 0555, &file))
		panic("no memory for /proc");
	for (i = 0; i < ARRAY_SIZE(proc_files); i++)
		if (fs_create_text(dir, proc_files[i].name, 0444, &proc_files[i].ops, NULL, &file))
			panic("no memory for /proc/%s", proc_files[i].name);
	proc_sys_init();
}
