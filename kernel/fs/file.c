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

#define WRITE_BITS 0222

static int open_text(struct node *node, struct file_view *view)
{
	struct seq_file m = {.private = node->private};
	bool readable = node->ops->show && (node->mode & S_IRUGO);
	int err = readable ? node->ops->show(&m) : -EACCES;

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

/* The function gets a copy with a NUL behind it, so that it may read the bytes as a string. */
static int store_text(struct node *node, const void *data, size_t len)
{
	char *text;
	int err;

	if (!node->ops->store)
		return -EACCES;
	text = kmalloc(len + 1, GFP_KERNEL);
	if (!text)
		return -ENOMEM;
	memcpy(text, data, len);
	text[len] = '\0';
	err = node->ops->store(node->private, text, len);
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
	if (!(node->mode & WRITE_BITS))
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
