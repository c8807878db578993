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

static bool is_blacklisted(initcall_t fn)
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

static int call_and_tell(initcall_t fn, const char *name)
{
	u64 start, ns;
	int ret;

	printk(KERN_DEBUG "calling  %s @ 1\n", name);
	start = time_ns();
	ret = fn();
	ns = time_ns() - start;
	printk(KERN_DEBUG "initcall %s returned %d after %llu usecs\n", name, ret, ns / NS_PER_US);
	return ret;
}

int do_one_initcall(initcall_t fn)
{
	bool were_off = irqs_disabled();
	char name[KSYM_SYMBOL_LEN];
	int ret;

	sprint_symbol(name, (unsigned long)fn);
	if (is_blacklisted(fn)) {
		pr_info("initcall %s blacklisted\n", name);
		return -EPERM;
	}
	ret = debug_wanted() ? call_and_tell(fn, name) : fn();
	/* With interrupts off the clock would stop for everyone. */
	if (irqs_disabled() && !were_off) {
		pr_warn("initcall %s returned with disabled interrupts\n", name);
		local_irq_enable();
	}
	return ret;
}
