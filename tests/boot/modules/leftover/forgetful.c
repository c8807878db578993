/* SPDX-License-Identifier: MIT */
/* forgetful.c: registers a command, a console and a notifier, and never takes them back. */
#include <koan/command.h>
#include <linux/console.h>
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/notifier.h>

static bool fail;
module_param(fail, bool, 0);

static int forgotten_run(struct io *io, int argc, char **argv)
{
	command_out(io, "%d of %s\n", argc, argv[0]);
	return 0;
}

static const struct console_command forgotten = {
	.name = "forgotten", .usage = "", .brief = "be left", .text = "-", .run = forgotten_run};

static void forgotten_write(struct console *con, const char *s, unsigned int count)
{
	*(unsigned long *)con->data += count + !s;
}

static unsigned long written;
static struct console silent = {.name = "silent", .write = forgotten_write, .data = &written};

static int forgotten_call(struct notifier_block *nb, unsigned long state, void *module)
{
	return nb && state && module ? NOTIFY_OK : NOTIFY_DONE;
}

static struct notifier_block watch = {.notifier_call = forgotten_call};

static int __init forgetful_init(void)
{
	int err = register_command(&forgotten);

	if (err)
		return err;
	register_console(&silent);
	err = register_module_notifier(&watch);
	return fail ? -EIO : err;
}

static void __exit forgetful_exit(void)
{
}

module_init(forgetful_init);
module_exit(forgetful_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Leaves everything behind");
