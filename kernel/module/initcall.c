/* SPDX-License-Identifier: MIT */
/*
 * initcall.c: calls what is called once: the init function of a module, be it loaded or built in.
 *
 * Two words of the kernel command line, Linux's: `initcall_debug` has the log tell of each call,
 * and `initcall_blacklist=f,g` leaves functions out. Both are parameters of the kernel itself, so
 * builtin.c has read them before the first call. What init returns is its own business; a
 * processor that it leaves deaf is not.
 *
 * Linux's second check after a call, "preemption imbalance", has nothing to look at: nothing in
 * Koan is taken off the processor but by an interrupt.
 */
#include "module/load.h"
#include "module/run.h"

#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/list.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "dev/dev.h"
#include "sched/sched.h"
#include "sym/sym.h"

#define NS_PER_US 1000

/* May be switched while the system runs: /sys/module/kernel/parameters. */
static bool initcall_debug;
core_param(initcall_debug, initcall_debug, bool, 0644);

/* --- initcall_blacklist= --- */

/* One function that is not to be called. These are never freed: modules are asked about, too. */
struct blacklisted {
	struct list_head list;
	char name[];
};

static LIST_HEAD(blacklist);

static int blacklist_name(const char *name)
{
	size_t size = strlen(name) + 1;
	struct blacklisted *entry = kmalloc(sizeof(*entry) + size, GFP_KERNEL);

	if (!entry)
		return -ENOMEM;
	printk(KERN_DEBUG "blacklisting initcall %s\n", name);
	memcpy(entry->name, name, size);
	list_add_tail(&entry->list, &blacklist);
	return 0;
}

/* "f,g". The word may stand several times: all of them count. */
static int blacklist_set(const char *val, const struct kernel_param *kp)
{
	char *names = kstrdup(val, GFP_KERNEL), *rest = names, *name;
	int err = names ? 0 : -ENOMEM;

	(void)kp;
	if (!IS_ENABLED(CONFIG_KALLSYMS))
		pr_warn("initcall_blacklist requires CONFIG_KALLSYMS\n");
	else
		while (!err && (name = strsep(&rest, ",")))
			err = *name ? blacklist_name(name) : 0;
	kfree(names);
	return err;
}

static const struct kernel_param_ops blacklist_ops = {.set = blacklist_set};
__module_param_call("", initcall_blacklist, &blacklist_ops, NULL, 0, -1, 0);

/*
 * Names are long, and init may load other modules, which may load more: so whatever needs a name is
 * out of line, and takes no stack while init runs.
 */
static noinline bool initcall_blacklisted(initcall_t fn)
{
	const struct blacklisted *entry;
	struct ksym_place place;

	/* A name at any other offset than 0 would be that of a neighbour. */
	if (list_empty(&blacklist) || sym_lookup_address((unsigned long)fn, &place) || place.offset)
		return false;
	list_for_each_entry (entry, &blacklist, list) {
		if (strcmp(entry->name, place.name))
			continue;
		printk(KERN_DEBUG "initcall %s blacklisted\n", place.name);
		return true;
	}
	return false;
}

/* --- initcall_debug --- */

/* What runs before there are commands is task 1, as it is on Linux. */
static unsigned int caller(void)
{
	return task_id() ?: 1;
}

static noinline void tell_call(initcall_t fn)
{
	printk(KERN_DEBUG "calling  %pS @ %u\n", (void *)fn, caller());
}

static noinline void tell_return(initcall_t fn, int ret, u64 ns)
{
	printk(KERN_DEBUG "initcall %pS returned %d after %llu usecs\n", (void *)fn, ret,
	       ns / NS_PER_US);
}

static int call_and_tell(initcall_t fn)
{
	u64 start, ns;
	int ret;

	tell_call(fn);
	start = time_ns();
	ret = fn();
	ns = time_ns() - start;
	tell_return(fn, ret, ns);
	return ret;
}

/* --- the call --- */

/* With interrupts off the clock would stop for everyone. */
static noinline void mend_interrupts(initcall_t fn)
{
	pr_warn("initcall %pS returned with disabled interrupts\n", (void *)fn);
	local_irq_enable();
}

/* Calls @fn, which nobody has blacklisted. */
static int call(initcall_t fn)
{
	bool were_off = irqs_disabled();
	int ret = initcall_debug ? call_and_tell(fn) : fn();

	if (irqs_disabled() && !were_off)
		mend_interrupts(fn);
	return ret;
}

int do_one_initcall(initcall_t fn)
{
	return initcall_blacklisted(fn) ? -EPERM : call(fn);
}

/* --- all of the kernel's own --- */

extern initcall_t __initcalls_start[], __initcalls_end[];

static noinline void tell_failure(initcall_t fn, int err)
{
	pr_warn("initcall %pS returned %d\n", (void *)fn, err);
}

void run_initcalls(void)
{
	for (initcall_t *fn = __initcalls_start; fn < __initcalls_end; fn++) {
		int err = initcall_blacklisted(*fn) ? 0 : call(*fn);

		if (err)
			tell_failure(*fn, err);
	}
}
