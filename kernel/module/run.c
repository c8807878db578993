/* SPDX-License-Identifier: MIT */
/*
 * run.c: phase 11, its own code. All that was done so far leads to these two calls.
 *
 * They are out of line so that a debugger can stop here: at this point the module's symbols are
 * known and nothing of it has run, or nothing of it will run again. What init returns is init's
 * business; what it leaves behind is ours. Where they are is the file's word, and is checked first.
 */
#include "module/load.h"

#include <linux/irqflags.h>
#include <linux/kallsyms.h>

static bool is_in(const struct module *mod, enum mod_mem_type kind, unsigned long address)
{
	return address - (unsigned long)mod->mem[kind].base < mod->mem[kind].size;
}

/* exit runs when the code that was for init only is gone. */
int verify_entry_points(struct load *ld)
{
	unsigned long init = (unsigned long)ld->mod->init, exit = (unsigned long)ld->mod->exit;

	if (init && !is_in(ld->mod, MOD_TEXT, init) && !is_in(ld->mod, MOD_INIT_TEXT, init))
		return load_fail(ld, ENOEXEC, "init, at 0x%lx, is not in the module's code", init);
	if (exit && !is_in(ld->mod, MOD_TEXT, exit))
		return load_fail(ld, ENOEXEC, "exit, at 0x%lx, is not in the module's code", exit);
	return 0;
}

noinline int do_init_module(struct module *mod)
{
	int ret;

	if (!mod->init)
		return 0;
	ret = do_one_initcall(mod->init);
	if (ret > 0) {
		pr_warn("%s: '%s'->init suspiciously returned %d, it should follow 0/-E "
			"convention\n",
			__func__, mod->name, ret);
		pr_warn("%s: loading module anyway...\n", __func__);
		dump_stack();
		return 0;
	}
	return ret;
}

noinline void do_exit_module(struct module *mod)
{
	bool were_off = irqs_disabled();

	if (!mod->exit)
		return;
	mod->exit();
	if (irqs_disabled() && !were_off) {
		pr_warn("%s: exit returned with disabled interrupts\n", mod->name);
		local_irq_enable();
	}
}
