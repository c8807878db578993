/* SPDX-License-Identifier: MIT */
/* cmd_lsmod.c: lsmod, with kmod's columns; or, with -t, which is Koan's own, as a tree. */
#include "shell/command.h"

#include <linux/kernel.h>
#include "module/modules.h"
#include "shell/module_names.h"
#include "shell/module_tree.h"

/* What a module keeps as long as it is loaded: all but its .init parts. */
static long core_size(const struct module *mod)
{
	long size = 0;
	int type;

	for (type = MOD_TEXT; type <= MOD_RO_AFTER_INIT; type++)
		size += mod->mem[type].size;
	return size;
}

static int lsmod_row(struct module *mod, void *data)
{
	struct module_names users = {0};
	struct io *io = data;
	unsigned int i;
	int err = module_users(mod, &users);

	if (!err) {
		out(io, "%-19s %8ld  ", mod->name, core_size(mod));
		if (IS_ENABLED(CONFIG_MODULE_UNLOAD))
			out(io, "%d", module_refcount(mod));
		else
			out(io, "-");
		for (i = 0; i < users.count; i++)
			out(io, "%c%s", i ? ',' : ' ', users.names[i]);
		out(io, "\n");
	}
	module_names_free(&users);
	return err;
}

static int lsmod_table(struct io *io)
{
	out(io, "Module                  Size  Used by\n");
	return module_each(lsmod_row, io);
}

static int lsmod_run(struct io *io, int argc, char **argv)
{
	bool tree = false, wrong = false;
	struct options o;
	int letter;

	options_start(&o, io, "t", argc, argv);
	while ((letter = option_next(&o)) && !wrong) {
		tree |= letter == 't';
		wrong = letter != 't';
	}
	if (wrong || o.operands) {
		err(io, "Usage: lsmod [-t]\n");
		return 1;
	}
	if (tree ? module_tree_print(io) : lsmod_table(io)) {
		complain(io, "ERROR: out of memory\n");
		return 1;
	}
	return 0;
}

const struct command cmd_lsmod = {
	.name = "lsmod",
	.usage = "[-t]",
	.brief = "list the loaded modules",
	.text = "For each its size in bytes, how often it is used, and by which modules.\n"
		"  -t  as a tree instead: below each module those that use it. One that uses several\n"
		"      stands below each of them, and (*) says that its own users are told further up",
	.run = lsmod_run,
};
