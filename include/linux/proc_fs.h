/* SPDX-License-Identifier: MIT */
/*
 * proc_fs.h: files in /proc.
 *
 * Who reads such a file opens it, reads until there is nothing more, and releases it; who writes
 * opens, writes once, and releases. A file stays until it is removed; its operations may still be
 * at work then only if they removed it themselves.
 */
#ifndef _LINUX_PROC_FS_H
#define _LINUX_PROC_FS_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/seq_file.h>

struct module;
struct proc_dir_entry;

/* All may be NULL. Without proc_open opening succeeds; without the others -EIO is what one gets. */
struct proc_ops {
	unsigned int proc_flags;
	int (*proc_open)(struct inode *inode, struct file *file);
	ssize_t (*proc_read)(struct file *file, char __user *buf, size_t size, loff_t *pos);
	ssize_t (*proc_write)(struct file *file, const char __user *buf, size_t size, loff_t *pos);
	loff_t (*proc_lseek)(struct file *file, loff_t offset, int whence);
	int (*proc_release)(struct inode *inode, struct file *file);
};

/*
 * Makes @name, which may be a path such as "driver/clock", below @parent; NULL means /proc. A
 * @mode of 0 is 0444. NULL when there is no memory, no such folder, or the name is taken.
 */
struct proc_dir_entry *proc_create_data(const char *name, umode_t mode,
					struct proc_dir_entry *parent, const struct proc_ops *ops,
					void *data, struct module *owner);
struct proc_dir_entry *proc_create(const char *name, umode_t mode, struct proc_dir_entry *parent,
				   const struct proc_ops *ops, struct module *owner);
/* A file that is one text. */
struct proc_dir_entry *proc_create_single_data(const char *name, umode_t mode,
					       struct proc_dir_entry *parent,
					       int (*show)(struct seq_file *m, void *v), void *data,
					       struct module *owner);
/* A file that is a list of records; @state_size bytes become m->private of each opening. */
struct proc_dir_entry *proc_create_seq_private(const char *name, umode_t mode,
					       struct proc_dir_entry *parent,
					       const struct seq_operations *ops,
					       unsigned int state_size, void *data,
					       struct module *owner);
struct proc_dir_entry *proc_mkdir_data(const char *name, umode_t mode,
				       struct proc_dir_entry *parent, void *data,
				       struct module *owner);
struct proc_dir_entry *proc_mkdir(const char *name, struct proc_dir_entry *parent,
				  struct module *owner);

#define proc_create_data(name, mode, parent, ops, data)                                            \
	proc_create_data(name, mode, parent, ops, data, THIS_MODULE)
#define proc_create(name, mode, parent, ops) proc_create(name, mode, parent, ops, THIS_MODULE)
#define proc_create_single_data(name, mode, parent, show, data)                                    \
	proc_create_single_data(name, mode, parent, show, data, THIS_MODULE)
#define proc_create_single(name, mode, parent, show)                                               \
	proc_create_single_data(name, mode, parent, show, NULL)
#define proc_create_seq_private(name, mode, parent, ops, state_size, data)                         \
	proc_create_seq_private(name, mode, parent, ops, state_size, data, THIS_MODULE)
#define proc_create_seq_data(name, mode, parent, ops, data)                                        \
	proc_create_seq_private(name, mode, parent, ops, 0, data)
#define proc_create_seq(name, mode, parent, ops)                                                   \
	proc_create_seq_private(name, mode, parent, ops, 0, NULL)
#define proc_mkdir_data(name, mode, parent, data)                                                  \
	proc_mkdir_data(name, mode, parent, data, THIS_MODULE)
#define proc_mkdir(name, parent) proc_mkdir(name, parent, THIS_MODULE)

/* What `ls -l` shows; the file's text stays what its reads make it. */
void proc_set_size(struct proc_dir_entry *de, loff_t size);
void proc_set_user(struct proc_dir_entry *de, kuid_t uid, kgid_t gid);
/* The @data that the file was made with. */
void *pde_data(const struct inode *inode);

/* Removes the file, or the folder with all that is in it; NULL does nothing. */
void proc_remove(struct proc_dir_entry *de);
/* The same by name. The first is for files and empty folders. */
void remove_proc_entry(const char *name, struct proc_dir_entry *parent);
int remove_proc_subtree(const char *name, struct proc_dir_entry *parent);

#endif
