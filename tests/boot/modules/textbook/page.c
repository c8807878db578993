/* SPDX-License-Identifier: MIT */
/*
 * page.c: files in /proc as books on Linux modules show them first: one whose read function does all
 * by itself, for kernels before and after 5.6, and one with single_open().
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 6, 0)
#define HAVE_PROC_OPS
#endif

#define PAGE_NAME "page"

static struct proc_dir_entry *our_file;

static ssize_t page_read(struct file *file, char __user *buffer, size_t length, loff_t *offset)
{
	char s[] = "A page of a book\n";
	ssize_t ret = sizeof(s) - 1;

	if (*offset >= ret || copy_to_user(buffer, s, ret)) {
		pr_info("page: nothing more\n");
		return 0;
	}
	pr_info("page: read of %s\n", file->f_path.dentry->d_name.name);
	*offset += ret;
	return ret;
}

#ifdef HAVE_PROC_OPS
static const struct proc_ops page_ops = {
	.proc_read = page_read,
};
#else
static const struct file_operations page_ops = {
	.read = page_read,
};
#endif

static int line_show(struct seq_file *m, void *v)
{
	seq_printf(m, "line %d of the book\n", 1);
	return 0;
}

static int line_open(struct inode *inode, struct file *file)
{
	return single_open(file, line_show, NULL);
}

static const struct proc_ops line_ops = {
	.proc_open = line_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
};

static int word_show(struct seq_file *m, void *v)
{
	seq_puts(m, m->private);
	return 0;
}
DEFINE_PROC_SHOW_ATTRIBUTE(word);

static int __init page_init(void)
{
	our_file = proc_create(PAGE_NAME, 0644, NULL, &page_ops);
	if (our_file == NULL) {
		pr_alert("Error: could not initialize /proc/%s\n", PAGE_NAME);
		return -ENOMEM;
	}
	proc_create("line", 0, NULL, &line_ops);
	proc_create_data("word", 0, NULL, &word_proc_ops, "book\n");
	pr_info("/proc/%s created\n", PAGE_NAME);
	return 0;
}

static void __exit page_exit(void)
{
	remove_proc_entry("word", NULL);
	remove_proc_entry("line", NULL);
	proc_remove(our_file);
	pr_info("/proc/%s removed\n", PAGE_NAME);
}

module_init(page_init);
module_exit(page_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Files in /proc, the first chapter");
