/* SPDX-License-Identifier: MIT */
/*
 * procfs.c: what people see of the modules: /proc/modules, which lsmod reads, and the line
 * "Modules linked in:" of an oops. Formats are Linux's, to the letter.
 */
#include "module/load.h"
#include "module/policy.h"
#include "module/records.h"

#include <linux/seq_file.h>
#include <linux/string.h>
#include "fs/fs.h"
#include "sched/sched.h"

/*
 * Who went last: often the one to blame. A copy, since the module is gone when it is printed, and
 * static, since an oops is no time to ask for memory.
 */
static char last_unloaded[MODULE_NAME_LEN + MODULE_FLAGS_SIZE];

/* UNFORMED ones never get here: module_each() leaves them out. */
static const char *state_name(enum module_state state)
{
	switch (state) {
	case MODULE_STATE_GOING:
		return "Unloading";
	case MODULE_STATE_COMING:
		return "Loading";
	default:
		return "Live";
	}
}

/* Bytes, pages rounded up; after init has returned without what only init needed. */
static unsigned int total_size(const struct module *mod)
{
	unsigned int kind, bytes = 0;

	for (kind = 0; kind < MOD_MEM_NUM_TYPES; kind++)
		bytes += mod->mem[kind].size;
	return bytes;
}

/* Where the module begins: its code, or whatever it has when it has none. */
static unsigned long first_address(const struct module *mod)
{
	unsigned int kind;

	for (kind = 0; kind < MOD_MEM_NUM_TYPES; kind++)
		if (mod->mem[kind].base)
			return (unsigned long)mod->mem[kind].base;
	return 0;
}

static int show_user(struct module *user, void *m)
{
	seq_printf(m, "%s,", user->name);
	return 0;
}

/* Each user with a comma, "[permanent]," for what cannot be removed, "-" when there is nothing. */
static void show_users(struct seq_file *m, struct module *mod)
{
	size_t before = m->count; /* nobody has written: the column is not empty but a dash */

	module_each_user(mod, show_user, m);
	if (mod->init && !mod->exit)
		seq_puts(m, "[permanent],");
	if (m->count == before)
		seq_putc(m, '-');
}

/* How often it is used, and by whom: as far as anyone counts. */
static void show_uses(struct seq_file *m, struct module *mod)
{
	if (!IS_ENABLED(CONFIG_MODULE_UNLOAD)) {
		seq_puts(m, "- -");
		return;
	}
	seq_printf(m, "%i ", module_refcount(mod));
	show_users(m, mod);
}

static int show_module(struct module *mod, void *data)
{
	struct seq_file *m = data;
	char flags[MODULE_FLAGS_SIZE];

	seq_printf(m, "%s %u ", mod->name, total_size(mod));
	show_uses(m, mod);
	/* Addresses are for those who may see them; for others zeros, so that the columns stay. */
	seq_printf(m, " %s 0x%016lx", state_name(mod->state),
		   kallsyms_show_value() ? first_address(mod) : 0);
	if (mod->taints)
		seq_printf(m, " %s", module_flags(mod, flags, true));
	seq_putc(m, '\n');
	return 0;
}

static int modules_show(struct seq_file *m)
{
	return module_each(show_module, m);
}

static const struct node_ops modules_ops = {
	.show = modules_show,
};

void procfs_init(void)
{
	struct node *proc, *node;

	if (fs_mkdirs("/proc", &proc) ||
	    fs_create_text(proc, "modules", 0444, &modules_ops, NULL, &node))
		panic("no memory for /proc/modules");
}

void procfs_remember_unload(const struct module *mod)
{
	char flags[MODULE_FLAGS_SIZE];

	strlcpy(last_unloaded, mod->name, sizeof(last_unloaded));
	strncat(last_unloaded, module_flags(mod, flags, false), MODULE_FLAGS_SIZE - 1);
}

static int print_module(struct module *mod, void *unused)
{
	char flags[MODULE_FLAGS_SIZE];

	(void)unused;
	pr_cont(" %s%s", mod->name, module_flags(mod, flags, true));
	return 0;
}

/* In the middle of an oops perhaps: takes no lock and no memory, as everything it calls. */
void print_modules(void)
{
	pr_warn("Modules linked in:");
	module_each(print_module, NULL);
	print_unloaded_tainted();
	if (*last_unloaded)
		pr_cont(" [last unloaded: %s]", last_unloaded);
	pr_cont("\n");
}
