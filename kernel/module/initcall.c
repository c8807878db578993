/* SPDX-License-Identifier: MIT */
/*
 * initcall.c: calls what is called once: the init function of a module, be it loaded or built in.
 *
 * Two options of the kernel command line, Linux's: `initcall_debug` has the log tell of each call,
 * and `initcall_blacklist=f,g` leaves functions out. What init returns is its own business; a
 * processor that it leaves deaf is not.
 */
#include "module/load.h"

#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/string.h>
#include "dev/dev.h"
#include "lib/lib.h"
#include "mm/mm.h"

#define LIST_MAX  256
#define NS_PER_US 1000

/*
 * Names are long, and init may load other modules, which may load more: so whatever needs a name is
 * out of line, and takes no stack while init runs.
 */
static noinline bool is_blacklisted(initcall_t fn)
{
	char list[LIST_MAX], *rest = list, *name;
	struct ksym_place place;

	if (cmdline_get(boot_info.cmdline, "initcall_blacklist", list, sizeof(list)) <= 0 ||
	    sym_lookup_address((unsigned long)fn, &place))
		return false;
	while ((name = strsep(&rest, ",")))
		if (strcmp(name, place.name) == 0)
			return true;
	return false;
}

static bool debug_wanted(void)
{
	char value[2];

	return cmdline_get(boot_info.cmdline, "initcall_debug", value, sizeof(value)) != -ENOENT;
}

static noinline void tell_call(initcall_t fn)
{
	char name[KSYM_SYMBOL_LEN];

	sprint_symbol(name, (unsigned long)fn);
	printk(KERN_DEBUG "calling  %s @ 1\n", name);
}

static noinline void tell_return(initcall_t fn, int ret, u64 ns)
{
	char name[KSYM_SYMBOL_LEN];

	sprint_symbol(name, (unsigned long)fn);
	printk(KERN_DEBUG "initcall %s returned %d after %llu usecs\n", name, ret, ns / NS_PER_US);
}

static noinline int refuse(initcall_t fn)
{
	char name[KSYM_SYMBOL_LEN];

	sprint_symbol(name, (unsigned long)fn);
	pr_info("initcall %s blacklisted\n", name);
	return -EPERM;
}

/* With interrupts off the clock would stop for everyone. */
static noinline void mend_interrupts(initcall_t fn)
{
	char name[KSYM_SYMBOL_LEN];

	sprint_symbol(name, (unsigned long)fn);
	pr_warn("initcall %s returned with disabled interrupts\n", name);
	local_irq_enable();
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

int do_one_initcall(initcall_t fn)
{
	bool were_off = irqs_disabled();
	int ret;

	if (is_blacklisted(fn))
		return refuse(fn);
	ret = debug_wanted() ? call_and_tell(fn) : fn();
	if (irqs_disabled() && !were_off)
		mend_interrupts(fn);
	return ret;
}
