/* SPDX-License-Identifier: MIT */
/* forgetful.c: takes all that can be taken, in init, and never gives anything back. */
#include <koan/command.h>
#include <linux/console.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/notifier.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

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

static irqreturn_t forgotten_irq(int irq, void *dev)
{
	return irq && dev ? IRQ_HANDLED : IRQ_NONE;
}

static int forgotten_show(struct seq_file *m, void *v)
{
	seq_puts(m, v ? "?\n" : "left\n");
	return 0;
}

static int take_devices(void)
{
	int err = request_irq(5, forgotten_irq, IRQF_SHARED, "forgotten", &silent);

	err = err ?: request_irq(5, forgotten_irq, IRQF_SHARED, "forgotten", &watch);
	if (!err && !request_region(0x300, 8, "forgotten"))
		err = -EBUSY;
	return err;
}

static int make_files(void)
{
	struct proc_dir_entry *folder = proc_mkdir("forgotten", NULL);

	return folder && proc_create_single("below", 0, folder, forgotten_show) &&
			       proc_create_single("forgotten2", 0, NULL, forgotten_show)
		       ? 0
		       : -ENOMEM;
}

static int __init forgetful_init(void)
{
	int err = register_command(&forgotten);

	if (err)
		return err;
	register_console(&silent);
	err = register_module_notifier(&watch);
	err = err ?: take_devices();
	err = err ?: make_files();
	return fail ? -EIO : err;
}

static void __exit forgetful_exit(void)
{
}

module_init(forgetful_init);
module_exit(forgetful_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Leaves everything behind");
