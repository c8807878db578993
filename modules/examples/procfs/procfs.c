/* SPDX-License-Identifier: MIT */
/*
 * procfs.c: two files in /proc. /proc/lesson/visits is a text that is made whenever somebody reads
 * it; /proc/lesson/limit is a number that can be read and written.
 */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>

static struct proc_dir_entry *folder;
static int limit = 3;
static int visits;

/* Prints the whole text; how long it becomes does not matter. */
static int visits_show(struct seq_file *m, void *v)
{
	visits++;
	seq_printf(m, "visit %d of %d\n", visits, limit);
	if (visits > limit)
		seq_puts(m, "that is enough\n");
	return 0;
}

/*
 * Reads are seq_file's business here too; the open function says what to print. Opening with
 * single_open() goes together with single_release().
 */
static int limit_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%d\n", limit);
	return 0;
}

static int limit_open(struct inode *inode, struct file *file)
{
	return single_open(file, limit_show, NULL);
}

/* Returns how much of @buffer was taken, or why not; `echo x > limit` then shows the error. */
static ssize_t limit_write(struct file *file, const char __user *buffer, size_t size, loff_t *pos)
{
	char text[16];
	int value, err;

	if (size >= sizeof(text))
		return -EINVAL;
	/* What is written belongs to somebody else: copy it before looking at it. */
	if (copy_from_user(text, buffer, size))
		return -EFAULT;
	text[size] = '\0';
	err = kstrtoint(text, 10, &value);
	if (err)
		return err;
	limit = value;
	return size;
}

static const struct proc_ops limit_ops = {
	.proc_open = limit_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_write = limit_write,
	.proc_release = single_release,
};

static int __init procfs_init(void)
{
	folder = proc_mkdir("lesson", NULL);
	if (!folder)
		return -ENOMEM;
	if (!proc_create_single("visits", 0444, folder, visits_show) ||
	    !proc_create("limit", 0644, folder, &limit_ops)) {
		proc_remove(folder); /* with what is in it */
		return -ENOMEM;
	}
	return 0;
}

/* A file that stayed would call functions that are gone. */
static void __exit procfs_exit(void)
{
	proc_remove(folder);
}

module_init(procfs_init);
module_exit(procfs_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("Files in /proc");
