/* SPDX-License-Identifier: MIT */
/*
 * proc_fs.c: adds and removes the files in /proc that modules make. (proc_file.c reads and writes
 * them; proc.c has the kernel's own, which no module can remove.)
 *
 * Promises that whatever is added is in the tree once, under a name of its own, and that removing
 * it takes the name away at once, and the memory with its last user.
 */
#include "fs/proc_entry.h"

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

/* --- finding --- */

static struct node *folder_node(struct proc_dir_entry *parent)
{
	struct node *proc;

	if (parent)
		return parent->node;
	return fs_lookup(&fs_root, "/proc", &proc) ? NULL : proc;
}

/* Follows all of *@name but its last component, which *@name is afterwards. NULL: no such folder. */
static struct node *folder_find(struct proc_dir_entry *parent, const char **name)
{
	struct node *dir = folder_node(parent), *found;
	const char *base = strrchr(*name, '/');
	char path[FS_PATH_MAX];

	if (!dir || !base)
		return dir;
	if ((size_t)(base - *name) >= sizeof(path))
		return NULL;
	memcpy(path, *name, (size_t)(base - *name));
	path[base - *name] = '\0';
	*name = base + 1;
	return fs_lookup(dir, path, &found) || !S_ISDIR(found->mode) ? NULL : found;
}

/* NULL for what is not a module's. */
static struct proc_dir_entry *entry_of(const struct node *node)
{
	return node->ops == &proc_entry_node_ops ? node->private : NULL;
}

static struct proc_dir_entry *entry_find(struct proc_dir_entry *parent, const char *name)
{
	struct node *dir = folder_find(parent, &name), *node;

	return !dir || fs_lookup(dir, name, &node) ? NULL : entry_of(node);
}

/* --- adding --- */

static bool entry_attach(struct proc_dir_entry *de, struct node *dir, umode_t mode)
{
	int err = fs_create(dir, de->name, mode, &de->node);

	if (err == -EEXIST) {
		pr_warn("proc_dir_entry '%s/%s' already registered\n",
			dir->parent == &fs_root ? "/proc" : dir->name, de->name);
		dump_stack();
	}
	if (err)
		return false;
	de->node->ops = &proc_entry_node_ops;
	de->node->private = de;
	de->inode.i_mode = mode;
	de->users = 1;
	return true;
}

/* Like @like in all that the caller decides. */
static struct proc_dir_entry *entry_add(const char *name, umode_t mode,
					struct proc_dir_entry *parent,
					const struct proc_dir_entry *like)
{
	struct node *dir = folder_find(parent, &name);
	struct proc_dir_entry *de;

	if (!dir)
		return NULL;
	de = kzalloc(sizeof(*de) + strlen(name) + 1, GFP_KERNEL);
	if (!de)
		return NULL;
	*de = *like;
	strcpy(de->name, name);
	if (!entry_attach(de, dir, mode)) {
		kfree(de);
		return NULL;
	}
	return de;
}

static struct proc_dir_entry *file_add(const char *name, umode_t mode,
				       struct proc_dir_entry *parent,
				       const struct proc_dir_entry *like)
{
	if (!(mode & S_IALLUGO))
		mode |= S_IRUGO;
	return entry_add(name, (mode & S_IALLUGO) | S_IFREG, parent, like);
}

struct proc_dir_entry *(proc_create_data)(const char *name, umode_t mode,
					  struct proc_dir_entry *parent, const struct proc_ops *ops,
					  void *data, struct module *owner)
{
	return file_add(name, mode, parent,
			&(struct proc_dir_entry){
				.ops = ops,
				.inode = {.i_private = data},
				.owner = owner,
			});
}
EXPORT_SYMBOL(proc_create_data);

struct proc_dir_entry *(proc_create)(const char *name, umode_t mode, struct proc_dir_entry *parent,
				     const struct proc_ops *ops, struct module *owner)
{
	return (proc_create_data)(name, mode, parent, ops, NULL, owner);
}
EXPORT_SYMBOL(proc_create);

struct proc_dir_entry *(proc_create_single_data)(const char *name, umode_t mode,
						 struct proc_dir_entry *parent,
						 int (*show)(struct seq_file *m, void *v),
						 void *data, struct module *owner)
{
	return file_add(name, mode, parent,
			&(struct proc_dir_entry){
				.ops = &proc_single_ops,
				.single_show = show,
				.inode = {.i_private = data},
				.owner = owner,
			});
}
EXPORT_SYMBOL(proc_create_single_data);

struct proc_dir_entry *(proc_create_seq_private)(const char *name, umode_t mode,
						 struct proc_dir_entry *parent,
						 const struct seq_operations *ops,
						 unsigned int state_size, void *data,
						 struct module *owner)
{
	return file_add(name, mode, parent,
			&(struct proc_dir_entry){
				.ops = &proc_seq_ops,
				.seq_ops = ops,
				.state_size = state_size,
				.inode = {.i_private = data},
				.owner = owner,
			});
}
EXPORT_SYMBOL(proc_create_seq_private);

struct proc_dir_entry *(proc_mkdir_data)(const char *name, umode_t mode,
					 struct proc_dir_entry *parent, void *data,
					 struct module *owner)
{
	if (!mode)
		mode = S_IRUGO | S_IXUGO;
	return entry_add(name, (mode & S_IALLUGO) | S_IFDIR, parent,
			 &(struct proc_dir_entry){.inode = {.i_private = data}, .owner = owner});
}
EXPORT_SYMBOL(proc_mkdir_data);

struct proc_dir_entry *(proc_mkdir)(const char *name, struct proc_dir_entry *parent,
				    struct module *owner)
{
	return (proc_mkdir_data)(name, 0, parent, NULL, owner);
}
EXPORT_SYMBOL(proc_mkdir);

/* --- what an entry knows --- */

void proc_set_size(struct proc_dir_entry *de, loff_t size)
{
	de->inode.i_size = size;
	de->node->size = (size_t)size;
}
EXPORT_SYMBOL(proc_set_size);

void proc_set_user(struct proc_dir_entry *de, kuid_t uid, kgid_t gid)
{
	de->inode.i_uid = uid;
	de->inode.i_gid = gid;
}
EXPORT_SYMBOL(proc_set_user);

void *pde_data(const struct inode *inode)
{
	return inode->i_private;
}
EXPORT_SYMBOL(pde_data);

/* --- removing --- */

void proc_entry_put(struct proc_dir_entry *de)
{
	if (--de->users == 0)
		kfree(de);
}

/* Takes a node without children out of the tree. */
static void node_remove(struct node *node)
{
	struct proc_dir_entry *de = entry_of(node);

	fs_remove(node);
	if (de) {
		de->node = NULL;
		proc_entry_put(de);
	}
}

static struct node *first_leaf(struct node *node)
{
	while (!list_empty(&node->children))
		node = list_first_entry(&node->children, struct node, siblings);
	return node;
}

/* Leaves first, without a stack, however deep the folders are. */
void proc_remove(struct proc_dir_entry *de)
{
	struct node *top = de ? de->node : NULL, *leaf;

	if (!top)
		return;
	while ((leaf = first_leaf(top)) != top)
		node_remove(leaf);
	node_remove(top);
}
EXPORT_SYMBOL(proc_remove);

static struct proc_dir_entry *find_or_warn(const char *name, struct proc_dir_entry *parent)
{
	struct proc_dir_entry *de = entry_find(parent, name);

	if (!de) {
		pr_warn("remove_proc_entry: name '%s'\n", name);
		dump_stack();
	}
	return de;
}

/*
 * A folder that is not empty only loses its name: who made the files in it still has pointers to
 * them. As on Linux its memory is lost, and said to be.
 */
static void unlink_folder(struct proc_dir_entry *de)
{
	struct node *node = de->node;

	pr_warn("remove_proc_entry: removing non-empty directory '%s/%s', leaking at least '%s'\n",
		node->parent->parent == &fs_root ? "/proc" : node->parent->name, de->name,
		list_first_entry(&node->children, struct node, siblings)->name);
	dump_stack();
	list_del(&node->siblings);
	INIT_LIST_HEAD(&node->siblings);
}

void remove_proc_entry(const char *name, struct proc_dir_entry *parent)
{
	struct proc_dir_entry *de = find_or_warn(name, parent);

	if (de && !list_empty(&de->node->children))
		unlink_folder(de);
	else
		proc_remove(de);
}
EXPORT_SYMBOL(remove_proc_entry);

int remove_proc_subtree(const char *name, struct proc_dir_entry *parent)
{
	struct proc_dir_entry *de = find_or_warn(name, parent);

	proc_remove(de);
	return de ? 0 : -ENOENT;
}
EXPORT_SYMBOL(remove_proc_subtree);
