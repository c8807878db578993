/* SPDX-License-Identifier: MIT */
/*
 * insert.c: loads what a plan lists. What is loaded already is passed over; a softdep that cannot
 * be loaded is not missed; anything else that fails is the end of it. What was loaded until then
 * stays loaded, as with kmod.
 */
#include "modprobe/probe.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "lib/lib.h"
#include "log/log.h"
#include "module/modules.h"
#include "sched/sched.h"

/* Live, that is: one whose init is running is not there yet for those who need it. */
static bool is_in_kernel(const struct modprobe *mp, const struct found *found)
{
	const struct module *mod = find_module(found->name);

	return (mod && mod->state == MODULE_STATE_LIVE) || is_builtin(mp, found);
}

/* --- arguments --- */

/* The next of the configuration's options, for the name or for the alias, in its order. */
static const char *next_options(const struct names *table, const struct name_row **a,
				const struct name_row **b)
{
	const struct name_row **first = !*b || (*a && *a < *b) ? a : b, *row = *first;

	if (!row)
		return NULL;
	*first = names_next(table, row);
	return row->value;
}

/*
 * All of them with a blank between each, then @more. kmod leaves the last blank there even when
 * nothing follows it. With @to NULL only counts. Returns the length.
 */
static size_t join_options(const struct modprobe *mp, const struct found *found, const char *more,
			   char *to)
{
	const struct names *table = &mp->tables[CONF_OPTIONS];
	const char *alias = found->alias, *options;
	const struct name_row *a = names_find(table, found->name, strlen(found->name));
	const struct name_row *b = alias ? names_find(table, alias, strlen(alias)) : NULL;
	size_t len = 0;

	while ((options = next_options(table, &a, &b))) {
		if (to)
			sprintf(to + len, "%s ", options);
		len += strlen(options) + 1;
	}
	if (to)
		strcpy(to + len, more);
	return len + strlen(more);
}

static char *gather_options(struct modprobe *mp, const struct found *found, const char *more)
{
	char *args = probe_alloc(mp, join_options(mp, found, more, NULL) + 1);

	if (args)
		join_options(mp, found, more, args);
	return args;
}

/* --- one module --- */

static int insert_command(struct modprobe *mp, const struct found *found, const char *command,
			  const char *args)
{
	int ret;

	say(mp, VOICE_ACTION, "install %s %s\n", command, args);
	if (mp->how->dry_run)
		return 0;
	ret = command_run(command);
	if (ret == -ENOSYS)
		say(mp, VOICE_ERROR, COMMAND_UNKNOWN, "install", command, found->name);
	if (ret <= 0)
		return ret;
	say(mp, VOICE_ERROR,
	    "../libkmod/libkmod-module.c:1047 command_do() Error running install command '%s' for "
	    "module %s: retcode %d\n",
	    command, found->name, ret);
	return -EINVAL;
}

static int insert_file(struct modprobe *mp, const char *path, const char *args)
{
	struct cleanup cleanup;
	struct file_view view;
	struct node *node;
	unsigned int flags;
	int err = fs_lookup(&fs_root, path, &node);

	err = err ?: file_open(node, &view);
	if (err) {
		say(mp, VOICE_ERROR, "could not read '%s': %s\n", path, errno_text(err));
		return err;
	}
	if (mp->how->hold_log)
		log_hold();
	cleanup_push(&cleanup, file_cleanup, &view);
	flags = mp->how->flags | MODULE_INIT_BY_MODPROBE;
	flags |= module_file_flags(path, view.data, view.size);
	module_load_file(node);
	err = module_load(view.data, view.size, args, flags, NULL);
	cleanup_pop(&cleanup);
	file_close(&view);
	return err;
}

static int insert_module(struct modprobe *mp, const struct found *found, const char *args)
{
	const char *path = found_path(mp, found);

	if (path) {
		say(mp, VOICE_ACTION, "insmod %s %s\n", path, args);
		return mp->how->dry_run ? 0 : insert_file(mp, path, args);
	}
	if (is_builtin(mp, found)) {
		say(mp, VOICE_ACTION, "builtin %s\n", found->name);
		return 0;
	}
	if (mp->how->dry_run)
		return 0;
	say(mp, VOICE_ERROR,
	    "../libkmod/libkmod-module.c:895 kmod_module_insert_module() could not find module by "
	    "name='%s'\n",
	    found->name);
	return -ENOENT;
}

/* -EEXIST: it is there. @more is for the module that was asked for, NULL for others. */
static int insert_step(struct modprobe *mp, const struct found *found, bool asked_for,
		       const char *more)
{
	bool skip_commands = found->skip_commands || (asked_for && mp->how->ignore_commands);
	const char *command = skip_commands ? NULL : found_command(mp, found, CONF_INSTALL);
	char *args;

	if (!mp->how->ignore_loaded && is_in_kernel(mp, found))
		return -EEXIST;
	args = gather_options(mp, found, more ?: "");
	if (!args)
		return -ENOMEM;
	return command ? insert_command(mp, found, command, args) : insert_module(mp, found, args);
}

/* --- all of them --- */

static int insert_list(struct modprobe *mp, const struct found_list *list,
		       const struct found *wanted, const char *args)
{
	int err;

	for (u32 i = 0; i < list->count; i++) {
		const struct found *found = list->v[i];
		bool asked_for = found == wanted;

		err = insert_step(mp, found, asked_for, asked_for ? args : NULL);
		if (err == -EEXIST && asked_for && mp->how->first_time)
			return err;
		if (err && err != -EEXIST && found->required == mp->plans)
			return err;
	}
	return 0;
}

static int insert_found(struct modprobe *mp, struct found *found, const char *args)
{
	struct found_list list = {0};
	int err;

	if (!mp->how->ignore_loaded && is_in_kernel(mp, found))
		return mp->how->first_time ? -EEXIST : 0;
	if ((found->alias || mp->how->use_blacklist) && found_command(mp, found, CONF_BLACKLIST))
		return 0;
	err = plan_insertion(mp, found, &list);
	err = err ?: insert_list(mp, &list, found, args);
	return err;
}

static const char *insert_error(int err)
{
	switch (err) {
	case -EEXIST:
		return "Module already in kernel";
	case -ENOENT:
		return "Unknown symbol in module, or unknown parameter (see dmesg)";
	default:
		return errno_text(err);
	}
}

/* The last failure counts, as in kmod; an alias may stand for several modules. */
int modprobe_insert(struct modprobe *mp, const char *name, const char *args)
{
	struct found_list list = {0};
	int err = lookup(mp, name, strlen(name), &list);

	if (!err && !list.count) {
		say(mp, VOICE_FATAL, "Module %s not found in directory %s\n", name, MODULES_FOLDER);
		err = -ENOENT;
	}
	for (u32 i = 0; i < list.count; i++) {
		err = insert_found(mp, list.v[i], args);
		if (err)
			say(mp, VOICE_ERROR, "could not insert '%s': %s\n", list.v[i]->name,
			    insert_error(err));
	}
	return err;
}
