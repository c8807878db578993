/* SPDX-License-Identifier: MIT */
/*
 * leftovers.c: what a module that goes has forgotten to give back. Linux trusts it to give back all;
 * then the next interrupt, line of the log or reader of a file runs what is not there any more.
 *
 * Assumes that its code will not run again, but is still there, names included. Promises that nobody
 * will call it. Notifiers (notifier.c) and commands (shell/register_command.c) are gone already: they
 * see to it themselves.
 */
#include "module/load.h"
#include "module/registry.h"

#include "dev/dev.h"
#include "fs/fs.h"
#include "log/log.h"

void leftovers_take(const struct module *mod)
{
	irq_forget(mod, mod->name);
	ioport_forget(mod, mod->name);
	proc_forget(mod, mod->name);
	console_forget(mod, mod->name);
}
