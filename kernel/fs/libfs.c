/* SPDX-License-Identifier: MIT */
/* libfs.c: what many files of modules would otherwise each write for themselves. */
#include "fs/fs.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/uaccess.h>

/* How many of @count bytes lie between *@ppos and @available. */
static ssize_t room(size_t count, loff_t pos, size_t available)
{
	if (pos < 0)
		return -EINVAL;
	if ((size_t)pos >= available)
		return 0;
	return (ssize_t)min(count, available - (size_t)pos);
}

ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *ppos, const void *from,
				size_t available)
{
	ssize_t n = room(count, *ppos, available);

	if (n <= 0)
		return n;
	n -= (ssize_t)copy_to_user(to, (const char *)from + *ppos, (size_t)n);
	*ppos += n;
	return n ? n : -EFAULT;
}
EXPORT_SYMBOL(simple_read_from_buffer);

ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *ppos, const void __user *from,
			       size_t count)
{
	ssize_t n = room(count, *ppos, available);

	if (n <= 0)
		return n;
	n -= (ssize_t)copy_from_user((char *)to + *ppos, from, (size_t)n);
	*ppos += n;
	return n ? n : -EFAULT;
}
EXPORT_SYMBOL(simple_write_to_buffer);

loff_t default_llseek(struct file *file, loff_t offset, int whence)
{
	if (whence == SEEK_CUR)
		offset += file->f_pos;
	else if (whence == SEEK_END)
		offset += file->f_inode->i_size;
	else if (whence != SEEK_SET)
		return -EINVAL;
	if (offset < 0)
		return -EINVAL;
	file->f_pos = offset;
	return offset;
}
EXPORT_SYMBOL(default_llseek);

loff_t noop_llseek(struct file *file, loff_t offset, int whence)
{
	(void)offset;
	(void)whence;
	return file->f_pos;
}
EXPORT_SYMBOL(noop_llseek);
