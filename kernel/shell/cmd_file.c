/* SPDX-License-Identifier: MIT */
/*
 * cmd_file.c: rm, mkdir, touch, cp: changing the tree. What /proc and /sys hold belongs to the
 * kernel and its modules, and stays.
 */
#include "shell/command.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "lib/lib.h"
#include "sched/sched.h"

#define NEW_FILE_MODE	   (S_IFREG | 0644)
#define NEW_DIRECTORY_MODE (S_IFDIR | 0755)

static int missing(struct io *io, const char *what)
{
	complain(io, "missing %s\n", what);
	return bad_usage(io);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* --- rm --- */

static int remove(const char *path, bool recursive)
{
	struct node *node;
	int err = path_lookup_link(path, &node);

	if (err)
		return err;
	if (S_ISDIR(node->mode) && !recursive)
		return -EISDIR;
	if (node == &fs_root)
		return -EBUSY;
	if (!fs_allowed(node->parent, FS_WRITE | FS_ENTER))
		return -EACCES;
	if (!fs_may_change(node->parent) || (S_ISDIR(node->mode) && !fs_may_change(node)))
		return -EPERM;
	fs_remove(node);
	return 0;
}

static int rm_one(struct io *io, const char *path, bool recursive, bool force)
{
	const char *base = base_name(path);
	int err;

	if (recursive && (strcmp(base, ".") == 0 || strcmp(base, "..") == 0)) {
		complain(io, "refusing to remove '.' or '..' directory: skipping '%s'\n", path);
		return 1;
	}
	err = remove(path, recursive);
	if (!err || (force && err == -ENOENT))
		return 0;
	complain(io, "cannot remove '%s': %s\n", path, errno_text(err));
	return 1;
}

static int rm_run(struct io *io, int argc, char **argv)
{
	bool recursive = false, force = false;
	int letter, status = 0, i;
	struct options o;

	options_start(&o, io, "rRf", argc, argv);
	while ((letter = option_next(&o))) {
		if (letter == '?')
			return 1;
		*(letter == 'f' ? &force : &recursive) = true;
	}
	if (!o.operands && !force)
		return missing(io, "operand");
	for (i = 1; i <= o.operands; i++)
		status |= rm_one(io, argv[i], recursive, force);
	return status;
}

const struct command cmd_rm = {
	.name = "rm",
	.usage = "[-rf] FILE...",
	.brief = "remove files",
	.text = "  -r  directories too, with all that is in them\n"
		"  -f  a FILE that is not there is no error",
	.run = rm_run,
};

/* --- mkdir --- */

/*
 * With -p: each directory on the way, from the left. @part (of FS_PATH_MAX bytes) is then how far it
 * got.
 */
static int make_parents(const char *path, char *part)
{
	struct node *node;
	size_t len = 0;
	int err;

	strscpy(part, path, FS_PATH_MAX);
	if (strlen(path) >= FS_PATH_MAX)
		return -ENAMETOOLONG;
	do {
		len += strspn(path + len, "/");
		len += strcspn(path + len, "/");
		memcpy(part, path, len);
		part[len] = '\0';
		err = path_make(part, NEW_DIRECTORY_MODE, &node);
		if (err == -EEXIST)
			err = path_lookup(part, &node);
		if (!err && !S_ISDIR(node->mode))
			err = path[len] ? -ENOTDIR : -EEXIST;
	} while (!err && path[len]);
	return err;
}

static int mkdir_one(struct io *io, const char *path, bool parents)
{
	char part[FS_PATH_MAX];
	struct node *node;
	int err;

	if (parents)
		err = make_parents(path, part);
	else
		err = path_make(path, NEW_DIRECTORY_MODE, &node);
	if (err)
		complain(io, "cannot create directory '%s': %s\n", parents ? part : path,
			 errno_text(err));
	return err != 0;
}

static int mkdir_run(struct io *io, int argc, char **argv)
{
	int letter, status = 0, i;
	bool parents = false;
	struct options o;

	options_start(&o, io, "p", argc, argv);
	while ((letter = option_next(&o))) {
		if (letter == '?')
			return 1;
		parents = true;
	}
	if (!o.operands)
		return missing(io, "operand");
	for (i = 1; i <= o.operands; i++)
		status |= mkdir_one(io, argv[i], parents);
	return status;
}

const struct command cmd_mkdir = {
	.name = "mkdir",
	.usage = "[-p] DIRECTORY...",
	.brief = "make directories",
	.text = "  -p  also those above it; one that is there already is no error",
	.run = mkdir_run,
};

/* --- touch --- */

static int touch_run(struct io *io, int argc, char **argv)
{
	int status = 0, err, i;
	struct node *node;
	struct options o;

	options_start(&o, io, "", argc, argv);
	if (option_next(&o))
		return 1;
	if (!o.operands)
		return missing(io, "file operand");
	for (i = 1; i <= o.operands; i++) {
		err = path_lookup(argv[i], &node);
		if (err == -ENOENT)
			err = path_make(argv[i], NEW_FILE_MODE, &node);
		else if (!err && !fs_allowed(node, FS_WRITE))
			err = -EACCES;
		if (!err) {
			node->mtime = fs_now();
			continue;
		}
		complain(io, "cannot touch '%s': %s\n", argv[i], errno_text(err));
		status = 1;
	}
	return status;
}

const struct command cmd_touch = {
	.name = "touch",
	.usage = "FILE...",
	.brief = "make empty files, or set their date",
	.text = "A file that is there keeps its content.",
	.run = touch_run,
};

/* --- cp --- */

/* Finds or makes the file that @path means, or, when it is a directory, @base in it. */
static int copy_target(const char *path, const char *base, struct node **out)
{
	struct node *dir;
	int err = path_lookup(path, out);

	if (!err && S_ISDIR((*out)->mode)) {
		dir = *out;
		err = fs_lookup(dir, base, out);
		return err == -ENOENT ? fs_make(dir, base, NEW_FILE_MODE, out) : err;
	}
	return err == -ENOENT ? path_make(path, NEW_FILE_MODE, out) : err;
}

static int cp_one(struct io *io, const char *from, const char *to)
{
	struct node *source, *target;
	struct cleanup cleanup;
	struct file_view view;
	int err = path_lookup(from, &source);

	if (err) {
		complain(io, "cannot stat '%s': %s\n", from, errno_text(err));
		return 1;
	}
	if (S_ISDIR(source->mode)) {
		complain(io, "-r not specified; omitting directory '%s'\n", from);
		return 1;
	}
	err = copy_target(to, base_name(from), &target);
	if (!err && source == target) {
		complain(io, "'%s' and '%s' are the same file\n", from, to);
		return 1;
	}
	if (!err)
		err = file_open(source, &view);
	if (!err) {
		cleanup_push(&cleanup, file_cleanup, &view);
		err = file_write(target, view.data, view.size, false);
		cleanup_pop(&cleanup);
		file_close(&view);
	}
	if (err)
		complain(io, "cannot copy '%s' to '%s': %s\n", from, to, errno_text(err));
	return err != 0;
}

static int cp_run(struct io *io, int argc, char **argv)
{
	int status = 0, err, i;
	struct node *target;
	struct options o;

	options_start(&o, io, "", argc, argv);
	if (option_next(&o))
		return 1;
	if (!o.operands)
		return missing(io, "file operand");
	if (o.operands == 1) {
		complain(io, "missing destination file operand after '%s'\n", argv[1]);
		return bad_usage(io);
	}
	if (o.operands > 2) {
		err = path_lookup(argv[o.operands], &target);
		if (!err && !S_ISDIR(target->mode))
			err = -ENOTDIR;
		if (err) {
			complain(io, "target '%s': %s\n", argv[o.operands], errno_text(err));
			return 1;
		}
	}
	for (i = 1; i < o.operands; i++)
		status |= cp_one(io, argv[i], argv[o.operands]);
	return status;
}

const struct command cmd_cp = {
	.name = "cp",
	.usage = "FILE... TARGET",
	.brief = "copy files",
	.text = "TARGET is a file, or a directory to copy into.",
	.run = cp_run,
};
