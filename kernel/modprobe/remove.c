/* SPDX-License-Identifier: MIT */
/*
 * remove.c: unloads a module and what came with it: first what its softdep had loaded after it,
 * then itself, then what it depended on and nobody uses any more, and last what its softdep had
 * loaded before it. Only a failure at the module itself is an error.
 *
 * kmod 30 looks at the deepest dependency first, when the one in between still uses it, and so
 * leaves it behind; its manual says that what is unused goes, and here it does.
 */
#include "modprobe/probe.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "lib/lib.h"
#include "module/modules.h"

/* --- one module --- */

static int remove_loaded(struct modprobe *mp, const char *name)
{
	int err;

	say(mp, VOICE_ACTION, "rmmod %s\n", name);
	if (mp->how->dry_run)
		return 0;
	err = module_unload(name, mp->how->force);
	if (err)
		say(mp, VOICE_ERROR,
		    "../libkmod/libkmod-module.c:856 kmod_module_remove_module() could not remove "
		    "'%s': %s\n",
		    name, errno_text(err));
	return err;
}

static int remove_command(struct modprobe *mp, const struct found *found, const char *command)
{
	int ret;

	say(mp, VOICE_ACTION, "remove %s\n", command);
	if (mp->how->dry_run)
		return 0;
	ret = command_run(command);
	if (ret == -ENOSYS)
		say(mp, VOICE_ERROR, COMMAND_UNKNOWN, "remove", command, found->name);
	else if (ret)
		say(mp, VOICE_FATAL, "Error running remove command for %s\n", found->name);
	return ret > 0 ? -EINVAL : ret;
}

/* What the module needed. modules.dep has users before those they use: so all can go. */
static int remove_unused(struct modprobe *mp, const struct found *found)
{
	struct found_list needed = {0};
	int err = lookup_dependencies(mp, found, &needed);

	for (u32 i = 0; i < needed.count; i++) {
		struct module *mod = find_module(needed.v[i]->name);

		if (mod && module_refcount(mod) == 0)
			remove_loaded(mp, mod->name);
	}
	return err;
}

/* --- with its softdeps --- */

static const char *remove_command_of(const struct modprobe *mp, const struct found *found)
{
	return mp->how->ignore_commands ? NULL : found_command(mp, found, CONF_REMOVE);
}

/* 1 when there is something to remove, 0 when there is not, or why it cannot be. */
static int check_loaded(struct modprobe *mp, const struct found *found, bool asked_for)
{
	if (remove_command_of(mp, found))
		return 1;
	if (is_builtin(mp, found)) {
		if (!asked_for)
			return 0;
		say(mp, VOICE_FATAL, "Module %s is builtin.\n", found->name);
		return -ENOENT;
	}
	if (find_module(found->name))
		return 1;
	if (!mp->how->first_time)
		return 0;
	say(mp, VOICE_FATAL, "Module %s is not in kernel.\n", found->name);
	return -ENOENT;
}

/* Puts the work on the agenda. Two softdeps may name each other: each is removed once. */
static int begin(struct modprobe *mp, struct agenda *agenda, struct found *found, bool asked_for)
{
	int ret;

	if (found->going)
		return 0;
	ret = check_loaded(mp, found, asked_for);
	if (ret <= 0)
		return ret;
	found->going = true;
	ret = agenda_add(mp, agenda, found, TASK_FINISH);
	if (!ret && !mp->how->ignore_commands)
		ret = agenda_add_softdeps(mp, agenda, found, SOFTDEP_POST);
	return ret;
}

static int finish(struct modprobe *mp, struct agenda *agenda, struct found *found)
{
	const char *command = remove_command_of(mp, found);
	struct module *mod = find_module(found->name);
	int err;

	if (command) {
		err = remove_command(mp, found, command);
	} else if (mod && module_refcount(mod) > 0) {
		say(mp, VOICE_FATAL, "Module %s is in use.\n", found->name);
		err = -EBUSY;
	} else {
		err = mod ? remove_loaded(mp, mod->name) : 0;
	}
	if (!err && !command)
		err = remove_unused(mp, found);
	if (!err && !mp->how->ignore_commands)
		err = agenda_add_softdeps(mp, agenda, found, SOFTDEP_PRE);
	return err;
}

/*
 * Softdeps are added in their order and so done in the opposite one: the last is taken first, and
 * that is what undoing takes.
 */
static int remove_found(struct modprobe *mp, struct found *wanted)
{
	struct agenda agenda = {0};
	struct task task;
	int result, err;

	result = begin(mp, &agenda, wanted, true);
	while (agenda_take(&agenda, &task)) {
		err = task.kind == TASK_FINISH ? finish(mp, &agenda, task.found)
					       : begin(mp, &agenda, task.found, false);
		if (err && task.found == wanted)
			result = err;
	}
	return result;
}

int modprobe_remove(struct modprobe *mp, const char *name)
{
	struct found_list list = {0};
	int err = lookup(mp, name, strlen(name), &list);

	if (!err && !list.count) {
		say(mp, VOICE_FATAL, "Module %s not found.\n", name);
		err = -ENOENT;
	}
	for (u32 i = 0; i < list.count && !err; i++)
		err = remove_found(mp, list.v[i]);
	return err;
}
