/* SPDX-License-Identifier: MIT */
/*
 * fs.h: the file tree: one tree of nodes in memory. A file's content is one of three things:
 * bytes in the initrd (read only), bytes on the heap (writable), or text that a function makes
 * when it is read (/proc, /sys).
 */
#ifndef KOAN_FS_H
#define KOAN_FS_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/list.h>
#include <linux/seq_file.h>

#define FS_NAME_MAX 255
#define FS_PATH_MAX 1024

/* Mode bits, as in Linux. */
#define S_IFMT	0170000
#define S_IFDIR 0040000
#define S_IFREG 0100000
#define S_ISDIR(m) (((m)&S_IFMT) == S_IFDIR)

struct node;

/* For a file whose text is made on the spot. */
struct node_ops {
	/* Prints the whole text into @m (m->private is the node's). 0 or a negative errno. */
	int (*show)(struct seq_file *m);
	/* Takes @len bytes written to the file (NUL-terminated for convenience). May be NULL. */
	int (*store)(void *private, const char *buf, size_t len);
};

struct node {
	struct node *parent;	    /* the root's is itself */
	struct list_head siblings;
	struct list_head children;  /* of a directory, in the order of strcmp() */
	umode_t mode;
	char *name;		    /* heap, owned */
	const struct node_ops *ops; /* NULL for a file with bytes */
	void *private;
	const void *data;	    /* bytes of the file */
	size_t size;
	bool data_is_heap;	    /* kvmalloc()ed by the tree, else it lies in the initrd */
};

/* A file's content for reading. */
struct file_view {
	const char *data;
	size_t size;
	void *owned; /* what file_close() frees: made text, or a copy */
};

/* --- tree.c --- */

extern struct node fs_root;

void fs_init(void);
/*
 * Follows @path from @cwd (or from the root when it begins with "/"); "." and ".." work. Errors:
 * -ENOENT, -ENOTDIR, -ENAMETOOLONG.
 */
__must_check int fs_lookup(struct node *cwd, const char *path, struct node **out);
/* Makes a directory and those above it that are missing; an existing directory is fine. */
__must_check int fs_mkdirs(const char *path, struct node **out);
/* Adds a child; -EEXIST when the name is taken, -ENOMEM. */
__must_check int fs_create(struct node *dir, const char *name, umode_t mode, struct node **out);
/* Adds a file whose text is made by @ops. */
__must_check int fs_create_text(struct node *dir, const char *name, umode_t mode,
				const struct node_ops *ops, void *private, struct node **out);
/* Takes @node, and all below it, out of the tree and frees it. */
void fs_remove(struct node *node);
/* "/root/x.ko" of a node; returns the length, -ENAMETOOLONG when it does not fit. */
__must_check int fs_path(const struct node *node, char *buf, size_t size);

/* --- file.c --- */

/* -EISDIR, -ENOMEM, or what show() returned. On success the caller owes a file_close(). */
__must_check int file_open(struct node *node, struct file_view *view);
void file_close(struct file_view *view);
/*
 * Replaces (or with @append lengthens) the content; a read-only initrd file is copied first.
 * For a file with a store function, calls it. -EACCES when the mode has no write permission,
 * -EISDIR, -ENOMEM.
 */
__must_check int file_write(struct node *node, const void *data, size_t len, bool append);

/* --- initrd.c, cpio.c --- */

/* One entry of a cpio archive of format newc (cpio(5)); pointers lead into the archive. */
struct cpio_entry {
	const char *name; /* NUL-terminated, inside the archive */
	u32 mode;
	const void *data;
	size_t size;
};

/*
 * Pure. Reads the entry at *@offset and moves *@offset behind it. Returns 1, 0 at the trailer or
 * the end, -EINVAL with *@why set when the bytes are no such archive.
 */
__must_check int cpio_next(const void *archive, size_t len, size_t *offset, struct cpio_entry *entry,
			   const char **why);

/* Puts the content of the archive into the tree; later entries of the same name win. */
__must_check int initrd_unpack(const void *archive, size_t len);

/* --- proc.c --- */

/* /proc and the files in it that belong to layers below: kallsyms, meminfo, cmdline, version. */
void proc_init(void);

#endif
