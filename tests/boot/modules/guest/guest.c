/* SPDX-License-Identifier: MIT */
/*
 * guest.c: files that run code of a module on behalf of whoever reads them: it tells what the reader
 * may do, asks for another module, or does what the processor forbids.
 */
#include <linux/capability.h>
#include <linux/init.h>
#include <linux/kmod.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

static int level = 1;
module_param(level, int, 0644);
MODULE_PARM_DESC(level, "Others may read it, and root may write it");

static int secret = 2;
module_param(secret, int, 0600);
MODULE_PARM_DESC(secret, "For root");

static struct proc_dir_entry *folder;

static int may_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%d %d %d\n", capable(CAP_SYS_MODULE), capable(CAP_SYSLOG),
		   capable(CAP_SYS_ADMIN));
	return 0;
}

static int pointer_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%pK %px\n", &level, &level);
	return 0;
}

static int ask_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%d\n", request_module("hello"));
	seq_printf(m, "%d\n", capable(CAP_SYS_MODULE));
	return 0;
}

static int crash_show(struct seq_file *m, void *v)
{
	*(volatile int *)8 = 0;
	return 0;
}

static int __init guest_init(void)
{
	folder = proc_mkdir("guest", NULL);
	if (!folder || !proc_create_single("may", 0444, folder, may_show) ||
	    !proc_create_single("ask", 0444, folder, ask_show) ||
	    !proc_create_single("pointer", 0444, folder, pointer_show) ||
	    !proc_create_single("crash", 0444, folder, crash_show) ||
	    !proc_create_single("closed", 0400, folder, may_show)) {
		proc_remove(folder);
		return -ENOMEM;
	}
	return 0;
}

static void __exit guest_exit(void)
{
	proc_remove(folder);
}

module_init(guest_init);
module_exit(guest_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Runs on behalf of whoever reads its files");
