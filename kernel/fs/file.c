/* SPDX-License-Identifier: MIT */
/*
 * file.c: what is in a file, and changing it.
 *
 * A view stays valid whatever happens to the file: only bytes in the initrd, which never change
 * and never move, are lent; everything else is copied.
 */
#include "fs/fs.h"

#include <linux/slab.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/overflow.h>
#include <linux/string.h>
#include "mm/mm.h"
#include "sched/sched.h"

#define WRITE_BITS 0222

/* Functions of modules make the text of some files, and might not come back. */
static int make_text(struct node *node, struct seq_file *m)
{
	struct cleanup cleanup;
	int err;

	if (!node->ops->show || !(node->mode & S_IRUGO))
		return -EACCES;
	cleanup_push(&cleanup, seq_cleanup, m);
	err = node->ops->show(m);
	cleanup_pop(&cleanup);
	return err;
}

static int open_text(struct node *node, struct file_view *view)
{
	struct seq_file m = {.private = node->private};
	int err = make_text(node, &m);

	if (!err && m.overflow)
		err = -ENOMEM;
	if (err) {
		seq_free(&m);
		return err;
	}
	*view = (struct file_view){.data = m.buf, .size = m.count, .owned = m.buf};
	return 0;
}

static int open_copy(const struct node *node, struct file_view *view)
{
	char *copy = kmalloc(node->size, GFP_KERNEL);

	if (!copy)
		return -ENOMEM;
	memcpy(copy, node->data, node->size);
	*view = (struct file_view){.data = copy, .size = node->size, .owned = copy};
	return 0;
}

int file_open(struct node *node, struct file_view *view)
{
	*view = (struct file_view){0};
	if (S_ISDIR(node->mode))
		return -EISDIR;
	if (!fs_allowed(node, FS_READ))
		return -EACCES;
	if (node->ops)
		return open_text(node, view);
	if (node->data_is_heap)
		return open_copy(node, view);
	view->data = node->data;
	view->size = node->size;
	return 0;
}

void file_close(struct file_view *view)
{
	kfree(view->owned);
	*view = (struct file_view){0};
}

void file_cleanup(void *view)
{
	file_close(view);
}

static void free_bytes(void *p)
{
	kfree(p);
}

/* The function gets a copy with a NUL behind it, so that it may read the bytes as a string. */
static int store_text(struct node *node, const void *data, size_t len)
{
	struct cleanup cleanup;
	char *text;
	int err;

	if (!node->ops->store)
		return -EACCES;
	text = kmalloc(len + 1, GFP_KERNEL);
	if (!text)
		return -ENOMEM;
	memcpy(text, data, len);
	text[len] = '\0';
	cleanup_push(&cleanup, free_bytes, text);
	err = node->ops->store(node->private, text, len);
	cleanup_pop(&cleanup);
	kfree(text);
	return err;
}

static void set_bytes(struct node *node, char *bytes, size_t size)
{
	if (node->data_is_heap)
		kfree(node->data);
	node->data = bytes;
	node->size = size;
	node->data_is_heap = bytes != NULL;
	node->mtime = fs_now();
}

int file_write(struct node *node, const void *data, size_t len, bool append)
{
	size_t kept = append ? node->size : 0, size;
	char *bytes = NULL;

	if (S_ISDIR(node->mode))
		return -EISDIR;
	if (!(node->mode & WRITE_BITS) || !fs_allowed(node, FS_WRITE))
		return -EACCES;
	if (node->ops)
		return store_text(node, data, len);
	if (check_add_overflow(kept, len, &size))
		return -EFBIG;
	if (size) {
		bytes = kmalloc(size, GFP_KERNEL);
		if (!bytes)
			return -ENOMEM;
		memcpy(bytes, node->data, kept);
		memcpy(bytes + kept, data, len);
	}
	set_bytes(node, bytes, size);
	return 0;
}
