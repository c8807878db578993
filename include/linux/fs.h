/* SPDX-License-Identifier: MIT */
/*
 * fs.h: files as their owners see them: the file, and one opening of it. Both have the fields that
 * a file made by a module is likely to look at.
 */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/stat.h>
#include <linux/uidgid.h>

typedef unsigned int fmode_t;

#define FMODE_READ  ((fmode_t)0x1)
#define FMODE_WRITE ((fmode_t)0x2)

/* f_flags, as open(2) has them. */
#define O_ACCMODE 00000003
#define O_RDONLY  00000000
#define O_WRONLY  00000001
#define O_RDWR	  00000002
#define O_TRUNC	  00001000
#define O_APPEND  00002000

#define SEEK_SET  0 /* @offset is counted from the start */
#define SEEK_CUR  1 /* from where we are */
#define SEEK_END  2 /* from the end */

struct inode {
	umode_t i_mode;
	kuid_t i_uid;
	kgid_t i_gid;
	loff_t i_size;
	void *i_private; /* what the file's creator gave */
};

struct qstr {
	const unsigned char *name;
};

struct dentry {
	struct qstr d_name;
	struct inode *d_inode;
};

struct path {
	struct dentry *dentry;
};

struct file {
	struct path f_path;
	struct inode *f_inode;
	fmode_t f_mode;
	unsigned int f_flags;
	loff_t f_pos;
	void *private_data; /* whatever open() likes to keep for the calls that follow */
};

static inline struct inode *file_inode(const struct file *file)
{
	return file->f_inode;
}

static inline struct dentry *file_dentry(const struct file *file)
{
	return file->f_path.dentry;
}

/*
 * The body of a read function whose whole text is the @available bytes at @from, and of a write
 * function that fills such a buffer. Return the bytes moved, or -EINVAL for a negative *@ppos.
 */
ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *ppos, const void *from,
				size_t available);
ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *ppos, const void __user *from,
			       size_t count);

/* lseek functions: one that moves f_pos, and one that lets it stay. */
loff_t default_llseek(struct file *file, loff_t offset, int whence);
loff_t noop_llseek(struct file *file, loff_t offset, int whence);

#endif
