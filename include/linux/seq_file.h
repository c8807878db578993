/* SPDX-License-Identifier: MIT */
/*
 * seq_file.h: a text that is made when it is read. A show function prints into it with seq_printf()
 * and need not care how long the text becomes: the buffer grows.
 *
 * A file that is one text opens with single_open(); one that is a list of records, with seq_open()
 * and the four functions that walk the list. Either way its reads are seq_read()'s business.
 */
#ifndef _LINUX_SEQ_FILE_H
#define _LINUX_SEQ_FILE_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/stdarg.h>

struct file;
struct inode;
struct seq_operations;

struct seq_file {
	char *buf;     /* heap, owned; not NUL-terminated */
	size_t size;   /* bytes of room */
	size_t count;  /* bytes written */
	bool overflow; /* memory ran out: what was written since is lost */
	void *private; /* whatever the file's creator gave */

	/* Between one seq_read() and the next. */
	const struct seq_operations *op;
	const struct file *file;
	size_t from;	 /* bytes of the buffer that were read already */
	loff_t index;	 /* the record that comes after what is in the buffer */
	loff_t read_pos; /* the position that all this fits to */
};

/*
 * A walk over records. start() finds the one with number *@pos, next() the one behind @v, which it
 * counts in *@pos; NULL: there is none, ERR_PTR(): that is an error. show() prints one: 0, a
 * negative errno, or SEQ_SKIP to take back what it printed. stop() ends each walk, also after an
 * error; a long text takes several walks.
 */
struct seq_operations {
	void *(*start)(struct seq_file *m, loff_t *pos);
	void (*stop)(struct seq_file *m, void *v);
	void *(*next)(struct seq_file *m, void *v, loff_t *pos);
	int (*show)(struct seq_file *m, void *v);
};

#define SEQ_SKIP 1
/* start() may return it for a line before the first record. */
#define SEQ_START_TOKEN ((void *)1)

__printf(2, 3) void seq_printf(struct seq_file *m, const char *fmt, ...);
__printf(2, 0) void seq_vprintf(struct seq_file *m, const char *fmt, va_list args);
void seq_putc(struct seq_file *m, char c);
void seq_puts(struct seq_file *m, const char *s);
/* Returns 0, or -1 when memory ran out. */
int seq_write(struct seq_file *m, const void *data, size_t len);

static inline bool seq_has_overflowed(const struct seq_file *m)
{
	return m->overflow;
}

/* --- for the operations of a file --- */

int seq_open(struct file *file, const struct seq_operations *op);
int seq_release(struct inode *inode, struct file *file);
ssize_t seq_read(struct file *file, char __user *buf, size_t size, loff_t *ppos);
loff_t seq_lseek(struct file *file, loff_t offset, int whence);

/* @data becomes m->private. */
int single_open(struct file *file, int (*show)(struct seq_file *m, void *v), void *data);
int single_release(struct inode *inode, struct file *file);

/* seq_open(), and @size zeroed bytes as m->private. The first returns them, or NULL. */
void *__seq_open_private(struct file *file, const struct seq_operations *op, int size);
int seq_open_private(struct file *file, const struct seq_operations *op, int size);
int seq_release_private(struct inode *inode, struct file *file);

/* start() and next() for a list of <linux/list.h>; with _head, the list's head comes first. */
struct list_head *seq_list_start(struct list_head *head, loff_t pos);
struct list_head *seq_list_start_head(struct list_head *head, loff_t pos);
struct list_head *seq_list_next(void *v, struct list_head *head, loff_t *pos);

/* From NAME_show() to NAME_proc_ops, for proc_create(). Needs <linux/proc_fs.h>. */
#define DEFINE_PROC_SHOW_ATTRIBUTE(__name)                                                         \
	static int __name##_open(struct inode *inode, struct file *file)                           \
	{                                                                                          \
		return single_open(file, __name##_show, pde_data(inode));                          \
	}                                                                                          \
                                                                                                   \
	static const struct proc_ops __name##_proc_ops = {                                         \
		.proc_open = __name##_open,                                                        \
		.proc_read = seq_read,                                                             \
		.proc_lseek = seq_lseek,                                                           \
		.proc_release = single_release,                                                    \
	}

#endif
