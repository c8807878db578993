/* SPDX-License-Identifier: MIT */
/*
 * slate.c: the second chapter: what is written to the file can be read from it again, and while it
 * is open the module stays.
 */
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/uaccess.h>

#define SLATE_SIZE 2048

static struct proc_dir_entry *entry;
static char slate[SLATE_SIZE];
static unsigned long slate_len;

static ssize_t slate_read(struct file *filp, char __user *buffer, size_t length, loff_t *offset)
{
	if (*offset || slate_len == 0)
		return 0;
	slate_len = min(slate_len, length);
	if (copy_to_user(buffer, slate, slate_len))
		return -EFAULT;
	*offset += slate_len;
	return slate_len;
}

static ssize_t slate_write(struct file *file, const char __user *buffer, size_t len, loff_t *off)
{
	slate_len = min(len, (size_t)SLATE_SIZE);
	if (copy_from_user(slate, buffer, slate_len))
		return -EFAULT;
	*off += slate_len;
	return slate_len;
}

static int slate_open(struct inode *inode, struct file *file)
{
	try_module_get(THIS_MODULE);
	file->private_data = slate;
	return 0;
}

static int slate_close(struct inode *inode, struct file *file)
{
	pr_info("slate: closed with %d users, size %lld\n", module_refcount(THIS_MODULE),
		(long long)inode->i_size);
	if (file->private_data != slate)
		pr_err("slate: private_data was lost\n");
	module_put(THIS_MODULE);
	return 0;
}

static const struct proc_ops slate_ops = {
	.proc_read = slate_read,
	.proc_write = slate_write,
	.proc_open = slate_open,
	.proc_release = slate_close,
};

static int __init slate_init(void)
{
	entry = proc_create("slate", 0644, NULL, &slate_ops);
	if (!entry) {
		remove_proc_entry("slate", NULL);
		return -ENOMEM;
	}
	proc_set_size(entry, 80);
	proc_set_user(entry, GLOBAL_ROOT_UID, GLOBAL_ROOT_GID);
	return 0;
}

static void __exit slate_exit(void)
{
	remove_proc_entry("slate", NULL);
}

module_init(slate_init);
module_exit(slate_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Files in /proc, the second chapter");
