/* SPDX-License-Identifier: MIT */
/*
 * fs.h: the file tree: one tree of nodes in memory. A file's content is one of three things:
 * bytes in the initrd (read only), bytes on the heap (writable), or text that a function makes
 * when it is read (/proc, /sys). A link is a node whose bytes, with a NUL behind them, are a path.
 */
#ifndef KOAN_FS_H
#define KOAN_FS_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/list.h>
#include <linux/seq_file.h>
#include <linux/stat.h>

#define FS_NAME_MAX 255
#define FS_PATH_MAX 1024

struct node;

/* For a file whose text is made on the spot. */
struct node_ops {
	/* Prints the whole text into @m (m->private is the node's). 0 or a negative errno. */
	int (*show)(struct seq_file *m);
	/* Takes @len bytes written to the file (NUL-terminated for convenience). May be NULL. */
	int (*store)(void *private, const char *buf, size_t len);
};

struct node {
	struct node *parent; /* the root's is itself */
	struct list_head siblings;
	struct list_head children; /* of a directory, in the order of strcmp() */
	umode_t mode;
	s64 mtime;		    /* seconds since 1970, as far as Koan knows the time */
	char *name;		    /* heap, owned */
	const struct node_ops *ops; /* NULL for a file with bytes */
	void *private;
	const void *data; /* bytes of the file */
	size_t size;
	bool data_is_heap; /* kmalloc()ed by the tree, else it lies in the initrd */
};

/* A file's content for reading. */
struct file_view {
	const char *data;
	size_t size;
	void *owned; /* what file_close() frees: made text, or a copy */
};

/* --- access.c --- */

/* The last three bits of a mode: what users other than root may do. */
#define FS_READ	 4
#define FS_WRITE 2
#define FS_ENTER 1 /* find what is in a directory */

/* Whether the current user may do all of @what with @node, which is root's, as all nodes are. */
bool fs_allowed(const struct node *node, umode_t what);

/* --- init.c --- */

/* The directories that are always there, and /dev/null. */
void fs_init(void);

/* --- tree.c --- */

extern struct node fs_root;

/*
 * Follows @path from @cwd (or from the root when it begins with "/"); "." and ".." work, and links
 * lead on. Errors: -ENOENT, -ENOTDIR, -ENAMETOOLONG, -ELOOP, and -EACCES where the current user may not
 * go.
 */
__must_check int fs_lookup(struct node *cwd, const char *path, struct node **out);
/* The same, but when the last name of @path is a link, it is the link that is found. */
__must_check int fs_lookup_link(struct node *cwd, const char *path, struct node **out);
/* Makes a directory and those above it that are missing; an existing directory is fine. */
__must_check int fs_mkdirs(const char *path, struct node **out);
/* Adds a child; -EEXIST when the name is taken, -ENOMEM. */
__must_check int fs_create(struct node *dir, const char *name, umode_t mode, struct node **out);
/* Adds a file whose text is made by @ops. */
__must_check int fs_create_text(struct node *dir, const char *name, umode_t mode,
				const struct node_ops *ops, void *private, struct node **out);
/* Adds a link to @target, which is a path from @dir on. */
__must_check int fs_create_link(struct node *dir, const char *name, const char *target,
				struct node **out);
/* Takes @node, and all below it, out of the tree and frees it. */
void fs_remove(struct node *node);
/*
 * As fs_create(), for people: the last name of @path, in the directory that the rest leads to.
 * -EACCES where nothing may be added by hand.
 */
__must_check int fs_make(struct node *cwd, const char *path, umode_t mode, struct node **out);
/* Whether root may add to @dir and remove from it: false for all that is below /proc and /sys. */
bool fs_may_change(const struct node *dir);
/* The time for node.mtime: until a clock is known, the seconds since boot. */
s64 fs_now(void);
/* The node after @at, of all that are below @top: a directory comes before what is in it. Or NULL. */
struct node *fs_next_below(const struct node *top, struct node *at);
/* "/root/x.ko" of a node; returns the length, -ENAMETOOLONG when it does not fit. */
__must_check int fs_path(const struct node *node, char *buf, size_t size);

/* --- seq_file.c (what modules may call is in include/linux/seq_file.h) --- */

/* Gives the buffer back; @m is then empty and may be used again. */
void seq_free(struct seq_file *m);
/* The same, for cleanup_push(). */
void seq_cleanup(void *m);

/* --- file.c --- */

/* -EISDIR, -EACCES, -ENOMEM, or what show() returned. On success the caller owes a file_close(). */
__must_check int file_open(struct node *node, struct file_view *view);
void file_close(struct file_view *view);
/* The same, for cleanup_push(). */
void file_cleanup(void *view);
/*
 * Replaces (or with @append lengthens) the content; a read-only initrd file is copied first.
 * For a file with a store function, calls it. -EACCES when the mode does not let the current user
 * write, -EISDIR, -ENOMEM.
 */
__must_check int file_write(struct node *node, const void *data, size_t len, bool append);

/* --- initrd.c, cpio.c --- */

/* One entry of a cpio archive of format newc (cpio(5)); pointers lead into the archive. */
struct cpio_entry {
	const char *name; /* NUL-terminated, inside the archive */
	u32 mode;
	u32 mtime;
	u32 links; /* hard links to the same file: cpio stores the bytes with the last one only */
	const void *data;
	size_t size;
};

/*
 * Pure. Reads the entry at *@offset and moves *@offset behind it. Returns 1; 0 behind a trailer or
 * at the end: when *@offset is still less than @len, another archive may follow; or -EINVAL with
 * *@why set when the bytes are no such archive (*@offset then stays where the trouble is).
 */
__must_check int cpio_next(const void *archive, size_t len, size_t *offset,
			   struct cpio_entry *entry, const char **why);

/* Puts the content of the archive into the tree; later entries of the same name win. */
__must_check int initrd_unpack(const void *archive, size_t len);

/* --- proc.c --- */

/* /proc and the files in it that belong to layers below: kallsyms, meminfo, cmdline, version. */
void proc_init(void);

/* --- proc_forget.c --- */

struct module;
/* Takes away what @owner, a module called @name that goes, has left in /proc. */
void proc_forget(const struct module *owner, const char *name);

/* --- proc_sys.c --- */

/* A number in /proc/sys/kernel. */
struct sysctl {
	const char *name;
	unsigned long (*get)(void);
	/* 0 or a negative errno; NULL: it cannot be written. */
	int (*set)(unsigned long value);
};

/* While booting: without memory it panics. @ctl stays as it is for ever. */
void sysctl_add(const struct sysctl *ctl);

#endif
