/* SPDX-License-Identifier: MIT */
/* cmd_lsmod.c: lsmod, with kmod's columns. */
#include "shell/command.h"

#include <linux/kernel.h>
#include "module/modules.h"
#include "shell/module_names.h"

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

static int lsmod_run(struct io *io, int argc, char **argv)
{
	struct options o;

	options_start(&o, io, "", argc, argv);
	if (option_next(&o) || o.operands) {
		err(io, "Usage: lsmod\n");
		return 1;
	}
	out(io, "Module                  Size  Used by\n");
	if (module_each(lsmod_row, io)) {
		complain(io, "ERROR: out of memory\n");
		return 1;
	}
	return 0;
}

const struct command cmd_lsmod = {
	.name = "lsmod",
	.usage = "",
	.brief = "list the loaded modules",
	.text = "For each its size in bytes, how often it is used, and by which modules.",
	.run = lsmod_run,
};
