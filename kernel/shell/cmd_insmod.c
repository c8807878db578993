/* SPDX-License-Identifier: MIT */
/* cmd_insmod.c: insmod and rmmod, with kmod's words. Below them the loader says why (reasons.c). */
#include "shell/command.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "lib/lib.h"
#include "module/modules.h"
#include "shell/builtin_modules.h"
#include "shell/module_names.h"

/* --- insmod --- */

/* What each error of the loader means to somebody who loads a module. */
static const char *load_error(int err)
{
	switch (err) {
	case -ENOEXEC:
		return "Invalid module format";
	case -ENOENT:
		return "Unknown symbol in module";
	case -ESRCH:
		return "Module has wrong symbol version";
	case -EINVAL:
		return "Invalid parameters";
	default:
		return errno_text(err);
	}
}

/* All words, with a blank between each: the parameters as the loader wants them. */
static int join(struct seq_file *m, char **words, int n)
{
	int i;

	for (i = 0; i < n; i++)
		seq_printf(m, "%s%s", i ? " " : "", words[i]);
	seq_putc(m, '\0');
	return m->overflow ? -ENOMEM : 0;
}

/* What was asked for. */
struct request {
	const char *path;
	struct seq_file args;
	unsigned int flags;   /* MODULE_INIT_* */
	unsigned int verbose; /* how often -v was given */
};

/* One line of the story: the phase's number, its name, and what it says. */
__printf(4, 0) static void tell(void *data, unsigned int phase, const char *step, const char *fmt,
				va_list args)
{
	struct io *io = data;

	if (phase)
		out(io, "%3u %-11s", phase, step);
	else
		out(io, "    %-11s", step);
	stream_vprintf(io->out, fmt, args);
	out(io, "\n");
}

static int insert(struct io *io, const struct request *r, const struct file_view *view)
{
	const bool dry_run = r->flags & MODULE_INIT_DRY_RUN;
	const struct load_listener listener = {
		.tell = tell,
		.data = io,
		.phases = r->verbose,
		.every_relocation = r->verbose > 1,
	};
	unsigned int flags = r->flags | module_file_flags(r->path, view->data, view->size);
	struct reasons reasons;
	int err;

	reasons_start(&reasons, dry_run);
	err = module_load(view->data, view->size, r->args.buf, flags,
			  r->verbose || dry_run ? &listener : NULL);
	if (err)
		complain(io, "ERROR: could not insert module %s: %s\n", r->path, load_error(err));
	reasons_end(&reasons, io, err);
	return err != 0;
}

static int insmod_file(struct io *io, const struct request *r)
{
	const char *path = r->path;
	struct cleanup cleanup;
	struct file_view view;
	struct node *node;
	int err = path_lookup(path, &node), status;

	if (err) {
		complain(io, "ERROR: could not load module %s: %s\n", path, errno_text(err));
		return 1;
	}
	err = file_open(node, &view);
	if (err) {
		complain(io, "ERROR: could not insert module %s: %s\n", path, errno_text(err));
		return 1;
	}
	cleanup_push(&cleanup, file_cleanup, &view);
	module_load_file(node);
	status = insert(io, r, &view);
	cleanup_pop(&cleanup);
	file_close(&view);
	return status;
}

/* -p and -s are of older times, and mean nothing. */
static bool insmod_options(struct options *o, struct request *r)
{
	int letter;

	while ((letter = option_next(o))) {
		if (letter == '?')
			return false;
		if (letter == 'f')
			r->flags |= MODULE_INIT_FORCED;
		if (letter == 'n')
			r->flags |= MODULE_INIT_DRY_RUN;
		r->verbose += letter == 'v';
	}
	return true;
}

static int insmod_run(struct io *io, int argc, char **argv)
{
	static const struct long_option longs[] = {
		{"force", 'f'}, {"dry-run", 'n'}, {"syslog", 's'}, {"verbose", 'v'}, {NULL, 0}};
	struct request r = {0};
	struct cleanup cleanup;
	struct options o;
	int status;

	options_start(&o, io, "+fnpsv", argc, argv);
	o.longs = longs;
	if (!insmod_options(&o, &r))
		return 1;
	if (!o.operands) {
		complain(io, "ERROR: missing filename.\n");
		return 1;
	}
	r.path = argv[1];
	cleanup_push(&cleanup, seq_cleanup, &r.args);
	if (join(&r.args, argv + 2, o.operands - 1)) {
		complain(io, "ERROR: could not insert module %s: %s\n", argv[1],
			 errno_text(ENOMEM));
		status = 1;
	} else {
		status = insmod_file(io, &r);
	}
	cleanup_pop(&cleanup);
	seq_free(&r.args);
	return status;
}

const struct command cmd_insmod = {
	.name = "insmod",
	.usage = "[-fnv] FILE [PARAMETER=VALUE]...",
	.brief = "load a module",
	.text = "When it fails, the kernel says why in the lines below.\n"
		"It may be compressed: FILE is unpacked if it ends in .gz, or begins as gzip does.\n"
		"  -f  even if it was built for another kernel, which may end badly\n"
		"  -n  only try: stop before anybody could see the module, and say what would come\n"
		"  -v  tell what each phase of the loader looks at and decides; -vv: every relocation",
	.run = insmod_run,
};

/* --- rmmod --- */

/* "in use by: a b", or "in use" by something that is no module. */
static int check_unused(struct io *io, struct module *mod)
{
	struct module_names users = {0};
	unsigned int i;

	if (module_users(mod, &users)) {
		complain(io, "ERROR: could not remove module %s: %s\n", mod->name,
			 errno_text(ENOMEM));
		module_names_free(&users);
		return 1;
	}
	if (users.count) {
		complain(io, "ERROR: Module %s is in use by:", mod->name);
		for (i = 0; i < users.count; i++)
			err(io, " %s", users.names[i]);
		err(io, "\n");
	} else if (module_refcount(mod) > 0) {
		complain(io, "ERROR: Module %s is in use\n", mod->name);
	}
	module_names_free(&users);
	return users.count || module_refcount(mod) > 0;
}

static int rmmod_one(struct io *io, const char *arg, bool force)
{
	char name[MODULE_NAME_LEN];
	struct module *mod;
	int error;

	module_name_from(arg, name, sizeof(name));
	mod = find_module(name);
	if (!mod && module_is_builtin(name)) {
		complain(io, "ERROR: Module %s is builtin.\n", name);
		return 1;
	}
	if (!mod) {
		complain(io, "ERROR: Module %s is not currently loaded\n", name);
		return 1;
	}
	if (!force && !IS_ENABLED(CONFIG_MODULE_UNLOAD)) {
		complain(io, "ERROR: Module unloading is not supported\n");
		return 1;
	}
	if (!force && check_unused(io, mod))
		return 1;
	error = module_unload(name, force);
	if (!error)
		return 0;
	/* kmod's library speaks first, and says where. */
	complain(io,
		 "ERROR: ../libkmod/libkmod-module.c:856 kmod_module_remove_module() could not "
		 "remove '%s': %s\n",
		 name, errno_text(error));
	complain(io, "ERROR: could not remove module %s: %s\n", name, errno_text(error));
	return 1;
}

static int rmmod_run(struct io *io, int argc, char **argv)
{
	static const struct long_option longs[] = {
		{"force", 'f'}, {"syslog", 's'}, {"verbose", 'v'}, {NULL, 0}};
	int i, letter, status = 0;
	bool force = false;
	struct options o;

	options_start(&o, io, "fsv", argc, argv);
	o.longs = longs;
	while ((letter = option_next(&o))) {
		if (letter == '?')
			return 1;
		force |= letter == 'f';
	}
	if (!o.operands) {
		complain(io, "ERROR: missing module name.\n");
		return 1;
	}
	for (i = 1; i <= o.operands; i++)
		status |= rmmod_one(io, argv[i], force);
	return status;
}

const struct command cmd_rmmod = {
	.name = "rmmod",
	.usage = "[-f] NAME...",
	.brief = "unload modules",
	.text = "A module that others use stays.\n"
		"  -f  even if it is in use, but by no other module, or has no exit function:\n"
		"      whoever still uses it will find nothing there",
	.run = rmmod_run,
};
