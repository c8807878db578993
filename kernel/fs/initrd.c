/* SPDX-License-Identifier: MIT */
/*
 * initrd.c: puts the files of a cpio archive into the tree. Their bytes stay where GRUB put them.
 *
 * A name that could lead elsewhere, and a kind of file that Koan has not, are refused one by one,
 * with a message; the rest of the archive is unpacked all the same.
 */
#include "fs/fs.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/string.h>
#include "lib/lib.h"

#define PERMISSION_BITS 0777

/* Why @name may not be unpacked; NULL when it may. */
static const char *name_trouble(const char *name)
{
	size_t len;

	if (*name == '/')
		return "an absolute name";
	if (strlen(name) >= FS_PATH_MAX)
		return "the name is too long";
	for (;; name += len + strspn(name + len, "/")) {
		len = strcspn(name, "/");
		if (!len)
			return NULL;
		if (len == 2 && memcmp(name, "..", 2) == 0)
			return "`..' in the name";
		if (len > FS_NAME_MAX)
			return "the name is too long";
	}
}

static const char *kind_trouble(const struct cpio_entry *entry)
{
	u32 kind = entry->mode & S_IFMT;

	if (kind == S_IFREG && entry->links > 1 && !entry->size)
		return "a hard link; store a copy instead";
	if (kind == S_IFREG || kind == S_IFDIR)
		return NULL;
	return "neither a file nor a directory";
}

/* Makes the directories above @name and finds (or makes) the node itself. */
static int place(const struct cpio_entry *entry, struct node **out)
{
	char path[FS_PATH_MAX];
	const char *base = strrchr(entry->name, '/');
	struct node *dir = &fs_root;
	int err = 0;

	strscpy(path, entry->name, sizeof(path));
	base = base ? base + 1 : entry->name;
	path[base - entry->name] = '\0';
	if (*path)
		err = fs_mkdirs(path, &dir);
	if (err)
		return err;
	err = fs_lookup(dir, base, out);
	if (err == -ENOENT)
		return fs_create(dir, base, entry->mode & (S_IFMT | PERMISSION_BITS), out);
	return err;
}

/* A later entry of the same name wins, but a directory never becomes a file or the other way round. */
static int unpack(const struct cpio_entry *entry)
{
	struct node *node;
	int err = place(entry, &node);

	if (err)
		return err;
	if (S_ISDIR(entry->mode) != S_ISDIR(node->mode))
		return S_ISDIR(node->mode) ? -EISDIR : -ENOTDIR;
	if (node->ops || node->data_is_heap)
		return -EEXIST;
	node->mtime = entry->mtime;
	if (S_ISDIR(node->mode))
		return 0;
	node->mode = (umode_t)(S_IFREG | (entry->mode & PERMISSION_BITS));
	node->data = entry->data;
	node->size = entry->size;
	return 0;
}

static void unpack_or_warn(const struct cpio_entry *entry)
{
	const char *trouble = name_trouble(entry->name);
	int err;

	if (!trouble)
		trouble = kind_trouble(entry);
	if (!trouble) {
		err = unpack(entry);
		trouble = err ? errno_text(err) : NULL;
	}
	if (trouble)
		pr_warn("initrd: %s: not unpacked: %s\n", entry->name, trouble);
}

int initrd_unpack(const void *archive, size_t len)
{
	struct cpio_entry entry;
	const char *why;
	size_t offset = 0;
	int more;

	while (offset < len) {
		more = cpio_next(archive, len, &offset, &entry, &why);
		if (more < 0) {
			pr_err("initrd: bad archive at byte %zu of %zu: %s\n", offset, len, why);
			return more;
		}
		if (more)
			unpack_or_warn(&entry);
	}
	return 0;
}
