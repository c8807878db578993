/* SPDX-License-Identifier: MIT */
/*
 * proc_file.c: reads and writes a file of /proc that a module made, through the module's functions,
 * as a program on Linux would: open, read until nothing comes, release; open, write, release.
 *
 * Assumes nothing of what those functions return. A module may remove its file from within them.
 */
#include "fs/proc_entry.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include "mm/mm.h"
#include "sched/sched.h"

#define READ_SIZE 131072	     /* what cat(1) asks for */
#define TEXT_MAX  (16 * 1024 * 1024) /* a reader that never ends is not worth all our memory */

struct opening {
	struct proc_dir_entry *de;
	struct dentry dentry;
	struct file file;
	bool is_open; /* proc_open() has come back */
	char *buf;
	struct cleanup cleanup;
};

static void opening_end(struct opening *o)
{
	struct module *owner = o->de->owner;

	proc_entry_put(o->de);
	module_put(owner);
}

/* A module's function lies in the module window. */
static bool is_kernels(int (*release)(struct inode *inode, struct file *file))
{
	return (unsigned long)release < MODULES_BASE;
}

/*
 * The task was killed in one of the module's functions. The module is not asked to release what
 * it opened; what seq_file.c opened for it is given back.
 */
static void opening_abandon(void *data)
{
	struct opening *o = data;

	kfree(o->buf);
	if (o->is_open && o->de->ops->proc_release && is_kernels(o->de->ops->proc_release))
		o->de->ops->proc_release(&o->de->inode, &o->file);
	opening_end(o);
}

static int opening_start(struct opening *o, struct proc_dir_entry *de, fmode_t mode, int flags)
{
	int err = 0;

	if (!try_module_get(de->owner))
		return -ENOENT;
	de->users++;
	*o = (struct opening){.de = de};
	o->dentry = (struct dentry){
		.d_name = {.name = (const unsigned char *)de->name},
		.d_inode = &de->inode,
	};
	o->file = (struct file){
		.f_path = {.dentry = &o->dentry},
		.f_inode = &de->inode,
		.f_mode = mode,
		.f_flags = (unsigned int)flags,
	};
	cleanup_push(&o->cleanup, opening_abandon, o);
	if (de->ops->proc_open)
		err = de->ops->proc_open(&de->inode, &o->file);
	o->is_open = !err;
	if (err) {
		cleanup_pop(&o->cleanup);
		opening_end(o);
	}
	return err;
}

static void opening_release(struct opening *o)
{
	o->is_open = false;
	/* What it returns nobody looks at; on Linux neither. */
	if (o->de->ops->proc_release)
		o->de->ops->proc_release(&o->de->inode, &o->file);
	cleanup_pop(&o->cleanup);
	kfree(o->buf);
	opening_end(o);
}

/* --- reading --- */

static ssize_t read_once(struct opening *o)
{
	ssize_t n = o->de->ops->proc_read(&o->file, o->buf, READ_SIZE, &o->file.f_pos);

	if (n <= READ_SIZE)
		return n;
	pr_warn("proc: %s: proc_read returned %zd, but only %d bytes were asked for\n", o->de->name,
		n, READ_SIZE);
	return -EIO;
}

static int read_all(struct opening *o, struct seq_file *m)
{
	ssize_t n;

	while ((n = read_once(o)) > 0) {
		if (seq_write(m, o->buf, (size_t)n))
			return -ENOMEM;
		if (m->count > TEXT_MAX) {
			pr_warn("proc: %s: proc_read never says that it is done (by returning 0)\n",
				o->de->name);
			return -EFBIG;
		}
	}
	return (int)n;
}

static int entry_show(struct seq_file *m)
{
	struct proc_dir_entry *de = m->private;
	struct opening o;
	int err;

	err = opening_start(&o, de, FMODE_READ, O_RDONLY);
	if (err)
		return err;
	o.buf = kmalloc(READ_SIZE, GFP_KERNEL);
	if (!de->ops->proc_read)
		err = -EIO;
	else
		err = o.buf ? read_all(&o, m) : -ENOMEM;
	opening_release(&o);
	return err;
}

/* --- writing --- */

/* A function that took only a part is called again for the rest, as a program would. */
static int write_all(struct opening *o, const char *buf, size_t len)
{
	ssize_t n;

	while (len) {
		n = o->de->ops->proc_write(&o->file, buf, len, &o->file.f_pos);
		if (n <= 0)
			return n ? (int)n : -EIO;
		n = (ssize_t)min((size_t)n, len);
		buf += n;
		len -= (size_t)n;
	}
	return 0;
}

static int entry_store(void *private, const char *buf, size_t len)
{
	struct proc_dir_entry *de = private;
	struct opening o;
	int err;

	err = opening_start(&o, de, FMODE_WRITE, O_WRONLY | O_TRUNC);
	if (err)
		return err;
	err = de->ops->proc_write ? write_all(&o, buf, len) : -EIO;
	opening_release(&o);
	return err;
}

const struct node_ops proc_entry_node_ops = {
	.show = entry_show,
	.store = entry_store,
};

/* --- operations of files that are made from one function, or from a walk --- */

static int single_entry_open(struct inode *inode, struct file *file)
{
	struct proc_dir_entry *de = container_of(inode, struct proc_dir_entry, inode);

	return single_open(file, de->single_show, inode->i_private);
}

const struct proc_ops proc_single_ops = {
	.proc_open = single_entry_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
};

static int seq_entry_open(struct inode *inode, struct file *file)
{
	struct proc_dir_entry *de = container_of(inode, struct proc_dir_entry, inode);

	if (de->state_size)
		return seq_open_private(file, de->seq_ops, (int)de->state_size);
	return seq_open(file, de->seq_ops);
}

static int seq_entry_release(struct inode *inode, struct file *file)
{
	struct proc_dir_entry *de = container_of(inode, struct proc_dir_entry, inode);

	return de->state_size ? seq_release_private(inode, file) : seq_release(inode, file);
}

const struct proc_ops proc_seq_ops = {
	.proc_open = seq_entry_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = seq_entry_release,
};
