/* SPDX-License-Identifier: MIT */
/*
 * seq_read.c: a seq_file as the file operations of somebody's file: text is made in walks over
 * records, each as long as the reader's buffer asks for, and handed out in whatever pieces he takes.
 *
 * A record is always printed whole, so that a walk may stop between any two; what the reader has no
 * room for stays in the buffer until he comes back.
 */
#include "fs/fs.h"

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#define SEEK_WALK 4096 /* bytes to make at once while looking for a place */

/* --- walking --- */

/* A next() that forgets to count would show its record for ever. */
static void *step(struct seq_file *m, void *v)
{
	loff_t before = m->index;

	v = m->op->next(m, v, &m->index);
	if (m->index == before) {
		pr_info("buggy .next function %p did not update position index\n",
			(void *)m->op->next);
		m->index++;
	}
	return v;
}

static int show(struct seq_file *m, void *v)
{
	size_t before = m->count;
	int err = m->op->show(m, v);

	if (!err && m->overflow)
		err = -ENOMEM;
	if (err)
		m->count = before;
	return err < 0 ? err : 0;
}

/*
 * Fills the empty buffer with @want bytes, or with all that is left. After an error, what was made
 * before is handed out first; the next walk begins with the same record, and so meets it again.
 */
static int walk(struct seq_file *m, size_t want)
{
	int err = 0;
	void *v;

	m->from = m->count = 0;
	v = m->op->start(m, &m->index);
	while (v && !IS_ERR(v) && m->count < want) {
		err = show(m, v);
		if (err)
			break;
		v = step(m, v);
	}
	if (IS_ERR(v))
		err = (int)PTR_ERR(v);
	m->op->stop(m, v);
	return m->count ? 0 : err;
}

/* Makes everything before @offset once more, and drops it. Behind the end there is nothing. */
static int seek(struct seq_file *m, loff_t offset)
{
	loff_t at = 0;
	int err;

	m->index = 0;
	m->from = m->count = 0;
	while (at < offset) {
		err = walk(m, SEEK_WALK);
		if (err)
			return err;
		if (!m->count)
			break;
		m->from = min_t(size_t, m->count, (size_t)(offset - at));
		at += (loff_t)m->from;
	}
	m->read_pos = offset;
	return 0;
}

static size_t take(struct seq_file *m, char __user *buf, size_t size)
{
	size_t n = min(size, m->count - m->from);

	n -= copy_to_user(buf, m->buf + m->from, n);
	m->from += n;
	return n;
}

ssize_t seq_read(struct file *file, char __user *buf, size_t size, loff_t *ppos)
{
	struct seq_file *m = file->private_data;
	size_t done;
	int err = 0;

	if (*ppos < 0)
		return -EINVAL;
	if (*ppos != m->read_pos)
		err = seek(m, *ppos);
	if (err || !size)
		return err;
	done = take(m, buf, size);
	if (done < size) {
		err = walk(m, size - done);
		done += take(m, buf + done, size - done);
	}
	if (!done)
		return err;
	*ppos += (loff_t)done;
	m->read_pos = *ppos;
	return (ssize_t)done;
}
EXPORT_SYMBOL(seq_read);

/* The next seq_read() finds the place. */
loff_t seq_lseek(struct file *file, loff_t offset, int whence)
{
	return default_llseek(file, offset, whence == SEEK_END ? -1 : whence);
}
EXPORT_SYMBOL(seq_lseek);

/* --- opening --- */

int seq_open(struct file *file, const struct seq_operations *op)
{
	struct seq_file *m = kzalloc(sizeof(*m), GFP_KERNEL);

	if (!m)
		return -ENOMEM;
	m->op = op;
	m->file = file;
	file->private_data = m;
	return 0;
}
EXPORT_SYMBOL(seq_open);

int seq_release(struct inode *inode, struct file *file)
{
	struct seq_file *m = file->private_data;

	(void)inode;
	seq_free(m);
	kfree(m);
	return 0;
}
EXPORT_SYMBOL(seq_release);

void *__seq_open_private(struct file *file, const struct seq_operations *op, int size)
{
	void *private = kzalloc((size_t)size, GFP_KERNEL);

	if (!private)
		return NULL;
	if (seq_open(file, op)) {
		kfree(private);
		return NULL;
	}
	((struct seq_file *)file->private_data)->private = private;
	return private;
}
EXPORT_SYMBOL(__seq_open_private);

int seq_open_private(struct file *file, const struct seq_operations *op, int size)
{
	return __seq_open_private(file, op, size) ? 0 : -ENOMEM;
}
EXPORT_SYMBOL(seq_open_private);

int seq_release_private(struct inode *inode, struct file *file)
{
	kfree(((struct seq_file *)file->private_data)->private);
	return seq_release(inode, file);
}
EXPORT_SYMBOL(seq_release_private);

/* --- a text that is one record --- */

static void *single_start(struct seq_file *m, loff_t *pos)
{
	(void)m;
	return *pos ? NULL : SEQ_START_TOKEN;
}

static void *single_next(struct seq_file *m, void *v, loff_t *pos)
{
	(void)m;
	(void)v;
	++*pos;
	return NULL;
}

static void single_stop(struct seq_file *m, void *v)
{
	(void)m;
	(void)v;
}

/* The operations are this file's alone, since show() is. */
int single_open(struct file *file, int (*show)(struct seq_file *m, void *v), void *data)
{
	struct seq_operations *op = kmalloc(sizeof(*op), GFP_KERNEL);
	int err;

	if (!op)
		return -ENOMEM;
	*op = (struct seq_operations){
		.start = single_start,
		.next = single_next,
		.stop = single_stop,
		.show = show,
	};
	err = seq_open(file, op);
	if (err)
		kfree(op);
	else
		((struct seq_file *)file->private_data)->private = data;
	return err;
}
EXPORT_SYMBOL(single_open);

int single_release(struct inode *inode, struct file *file)
{
	const struct seq_operations *op = ((struct seq_file *)file->private_data)->op;
	int err = seq_release(inode, file);

	kfree(op);
	return err;
}
EXPORT_SYMBOL(single_release);
