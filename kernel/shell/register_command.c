/* SPDX-License-Identifier: MIT */
/*
 * register_command.c: commands that modules bring (include/koan/command.h). Each is wrapped into a
 * struct command of ours, which is what the rest of the shell knows.
 *
 * Every line that is typed leads through the names of all commands, and these lie in the modules. So
 * a command that its module forgot is taken away when the module goes: the console would be gone.
 */
#include "shell/command.h"

#include <koan/command.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/slab.h>
#include <linux/string.h>

struct registered {
	struct list_head list; /* by name */
	struct command command;
	const struct console_command *from;
};

static LIST_HEAD(registered);

/* The first whose name is not before @name, or the list's head. */
static struct list_head *place_of(const char *name)
{
	struct list_head *at;

	list_for_each (at, &registered)
		if (strcmp(list_entry(at, struct registered, list)->command.name, name) >= 0)
			break;
	return at;
}

const struct command *registered_from(const char *name)
{
	struct list_head *at = place_of(name);

	return at == &registered ? NULL : &list_entry(at, struct registered, list)->command;
}

const struct command *registered_after(const struct command *command)
{
	struct list_head *next = container_of(command, struct registered, command)->list.next;

	return next == &registered ? NULL : &list_entry(next, struct registered, list)->command;
}

/* What is wrong with @command; NULL: nothing. */
static const char *trouble_with(const struct console_command *command)
{
	if (!command->name || !*command->name || strpbrk(command->name, " \t\n\\/'\"|&;<>()*?[#$="))
		return "its name must be one word, without a slash";
	if (!command->usage || !command->brief || !command->text)
		return "it needs usage, brief and text, for `help'";
	return command->run ? NULL : "it needs a function: run";
}

int(register_command)(const struct console_command *command, struct module *owner)
{
	const char *trouble = trouble_with(command);
	struct registered *new;

	if (trouble) {
		pr_err("%s: command `%s' not registered: %s\n", module_name(owner),
		       command->name ? command->name : "(null)", trouble);
		return -EINVAL;
	}
	if (command_find(command->name)) {
		pr_err("%s: command `%s' not registered: there is one of that name\n",
		       module_name(owner), command->name);
		return -EEXIST;
	}
	new = kzalloc(sizeof(*new), GFP_KERNEL);
	if (!new)
		return -ENOMEM;
	new->command.name = command->name;
	new->command.usage = command->usage;
	new->command.brief = command->brief;
	new->command.text = command->text;
	new->command.run = command->run;
	new->command.owner = owner;
	new->from = command;
	list_add_tail(&new->list, place_of(command->name));
	return 0;
}
EXPORT_SYMBOL(register_command);

static void forget(struct registered *at)
{
	list_del(&at->list);
	kfree(at);
}

void unregister_command(const struct console_command *command)
{
	struct registered *at;

	list_for_each_entry (at, &registered, list) {
		if (at->from == command) {
			forget(at);
			return;
		}
	}
}
EXPORT_SYMBOL(unregister_command);

static int module_changes(struct notifier_block *nb, unsigned long state, void *module)
{
	const struct module *mod = module;
	struct registered *at, *next;

	(void)nb;
	if (state != MODULE_STATE_GOING)
		return NOTIFY_DONE;
	list_for_each_entry_safe (at, next, &registered, list) {
		if (at->command.owner != mod)
			continue;
		pr_warn("%s: command `%s' was left behind: unregister_command() is missing\n",
			mod->name, at->command.name);
		forget(at);
	}
	return NOTIFY_OK;
}

void registered_watch_modules(void)
{
	static struct notifier_block watch = {.notifier_call = module_changes, .priority = INT_MAX};

	WARN_ON(register_module_notifier(&watch));
}

/* --- what a command of a module prints with --- */

void command_out(struct io *io, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	stream_vprintf(io->out, fmt, args);
	va_end(args);
}
EXPORT_SYMBOL(command_out);

void command_err(struct io *io, const char *fmt, ...)
{
	va_list args;

	err(io, "%s: ", io->name);
	va_start(args, fmt);
	stream_vprintf(io->err, fmt, args);
	va_end(args);
}
EXPORT_SYMBOL(command_err);
