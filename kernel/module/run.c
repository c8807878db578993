/* SPDX-License-Identifier: MIT */
/*
 * run.c: phase 11, its own code. All that was done so far leads to these two calls.
 *
 * They are out of line so that a debugger can stop here: at this point the module's symbols are
 * known and nothing of it has run, or nothing of it will run again. What init returns is init's
 * business; what it leaves behind is ours. Where they are is the file's word, and is checked first.
 */
#include "module/load.h"
#include "module/private.h"
#include "module/run.h"

#include <linux/irqflags.h>
#include <linux/kallsyms.h>

static bool is_in(const struct module *mod, enum mod_mem_type kind, unsigned long address)
{
	return address - (unsigned long)mod->mem[kind].base < mod->mem[kind].size;
}

static bool is_code(const struct module *mod, unsigned long address)
{
	return is_in(mod, MOD_TEXT, address) || is_in(mod, MOD_INIT_TEXT, address);
}

static int verify_constructors(struct load *ld)
{
	const struct module_private *priv = ld->mod->priv;
	unsigned int i;

	for (i = 0; i < priv->constructor_count; i++)
		if (!is_code(ld->mod, (unsigned long)priv->constructors[i]))
			return load_fail(ld, ENOEXEC,
					 "constructor %u, at 0x%lx, is not in the module's code", i,
					 (unsigned long)priv->constructors[i]);
	return 0;
}

/* exit runs when the code that was for init only is gone. */
int verify_entry_points(struct load *ld)
{
	unsigned long init = (unsigned long)ld->mod->init, exit = (unsigned long)ld->mod->exit;

	if (init && !is_code(ld->mod, init))
		return load_fail(ld, ENOEXEC, "init, at 0x%lx, is not in the module's code", init);
	if (exit && !is_in(ld->mod, MOD_TEXT, exit))
		return load_fail(ld, ENOEXEC, "exit, at 0x%lx, is not in the module's code", exit);
	load_tell(ld, "init at 0x%lx, exit at 0x%lx%s", init, exit,
		  init && !exit ? ": it has come to stay" : "");
	return verify_constructors(ld);
}

/*
 * What the compiler wants to run before anything else: functions marked `constructor`. Their table
 * goes with what only init needed.
 */
static void run_constructors(struct module *mod)
{
	unsigned int i;

	for (i = 0; i < mod->priv->constructor_count; i++)
		mod->priv->constructors[i]();
	mod->priv->constructor_count = 0;
}

noinline int do_init_module(struct module *mod)
{
	int ret;

	run_constructors(mod);
	if (!mod->init)
		return 0;
	ret = do_one_initcall(mod->init);
	if (ret == -EEXIST) {
		/* To whoever loads, that number means that a module of this name is there. */
		pr_warn("%s: init suspiciously returned -EEXIST: Overriding with -EBUSY\n",
			mod->name);
		return -EBUSY;
	}
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

/* Out of line: the text is not for the stack of what is called afterwards. */
static noinline void tell_init(const struct load *ld)
{
	unsigned long init = (unsigned long)ld->mod->init;
	char symbol[KSYM_SYMBOL_LEN];

	if (ld->mod->priv->constructor_count)
		load_tell(ld, "constructors that are called first: %u",
			  ld->mod->priv->constructor_count);
	sprint_symbol(symbol, init);
	if (init)
		load_tell(ld, "init at 0x%lx is called: %s", init, symbol);
	else
		load_tell(ld, "there is no init to call");
}

int run_init(struct load *ld)
{
	int err;

	load_step(ld, STEP_INIT);
	if (ld->listener)
		tell_init(ld);
	err = do_init_module(ld->mod);
	load_tell(ld, "init is over: %d", err);
	return err;
}

void run_try(struct load *ld)
{
	load_step(ld, STEP_INIT);
	if (ld->mod->priv->constructor_count)
		load_tell_would(ld, "constructors that would be called first: %u",
				ld->mod->priv->constructor_count);
	if (ld->mod->init)
		load_tell_would(ld, "init at 0x%lx would be called", (unsigned long)ld->mod->init);
	else
		load_tell_would(ld, "there is no init to call");
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
