/* SPDX-License-Identifier: MIT */
/*
 * cmd_ls.c: ls. To the console in columns, into a pipe or a file one name a line. Directories are
 * sorted already; names on the command line are sorted here.
 */
#include "shell/command.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/string.h>
#include "lib/lib.h"
#include "shell/columns.h"

#define STATUS_MINOR   1 /* memory ran out on the way */
#define STATUS_TROUBLE 2 /* something that was named cannot be listed */
#define BLOCK_KB       (4096 / 1024)

enum layout { LS_COLUMNS, LS_SINGLE, LS_LONG };

/* A name as it is shown, and what it is the name of. */
struct item {
	const char *name;
	const struct node *node;
};

struct ls {
	struct io *io;
	enum layout layout;
	bool all, directories; /* -a, -d */
	struct item *items;
	unsigned int count;
};

/* --- layouts --- */

static void print_columns(struct ls *ls)
{
	struct columns plan;
	size_t longest = 0;
	unsigned int row, i;

	for (i = 0; i < ls->count; i++)
		longest = max(longest, strlen(ls->items[i].name));
	columns_plan(ls->count, longest, &plan);
	for (row = 0; row < plan.rows; row++) {
		for (i = row; i + plan.rows < ls->count; i += plan.rows)
			out(ls->io, "%-*s", (int)plan.width, ls->items[i].name);
		out(ls->io, "%s\n", ls->items[i].name);
	}
}

static void print_single(struct ls *ls)
{
	unsigned int i;

	for (i = 0; i < ls->count; i++)
		out(ls->io, "%s\n", ls->items[i].name);
}

/* Its name, and for a directory its own "." and the ".." of each directory in it. */
static unsigned int links_of(const struct node *node)
{
	const struct node *child;
	unsigned int links = 1 + !!S_ISDIR(node->mode);

	list_for_each_entry (child, &node->children, siblings)
		links += !!S_ISDIR(child->mode);
	return links;
}

/* Text that is made on the spot takes no room, whatever its size is said to be; nor does a link. */
static u64 blocks_kb(const struct node *node)
{
	if (node->ops || S_ISLNK(node->mode))
		return 0;
	return DIV_ROUND_UP(node->size, 1024 * BLOCK_KB) * BLOCK_KB;
}

static void print_long(struct ls *ls)
{
	unsigned int links = 1, size = 1, i;
	char mode[MODE_TEXT_MAX], date[DATE_TEXT_MAX];

	for (i = 0; i < ls->count; i++) {
		links = max(links, digits_of(links_of(ls->items[i].node)));
		size = max(size, digits_of(ls->items[i].node->size));
	}
	for (i = 0; i < ls->count; i++) {
		const struct node *node = ls->items[i].node;

		mode_text(node->mode, mode);
		date_text(node->mtime, fs_now(), date);
		out(ls->io, "%s %*u root root %*zu %s %s", mode, (int)links, links_of(node),
		    (int)size, node->size, date, ls->items[i].name);
		if (S_ISLNK(node->mode))
			out(ls->io, " -> %s", (const char *)node->data);
		out(ls->io, "\n");
	}
}

static void print_items(struct ls *ls)
{
	if (ls->layout == LS_LONG)
		print_long(ls);
	else if (ls->layout == LS_SINGLE || !ls->count)
		print_single(ls);
	else
		print_columns(ls);
}

/* --- what to list --- */

static int items_alloc(struct ls *ls, unsigned int room)
{
	ls->count = 0;
	ls->items = kmalloc_array(room, sizeof(*ls->items), GFP_KERNEL);
	if (ls->items)
		return 0;
	complain(ls->io, "memory exhausted\n");
	return STATUS_MINOR;
}

static void item_add(struct ls *ls, const char *name, const struct node *node)
{
	ls->items[ls->count++] = (struct item){name, node};
}

static void add_children(struct ls *ls, const struct node *dir)
{
	const struct node *child;

	if (ls->all) {
		item_add(ls, ".", dir);
		item_add(ls, "..", dir->parent);
	}
	list_for_each_entry (child, &dir->children, siblings)
		if (ls->all || child->name[0] != '.')
			item_add(ls, child->name, child);
}

static int list_directory(struct ls *ls, const struct node *dir)
{
	const struct node *child;
	unsigned int room = 2, i;
	u64 total = 0;

	list_for_each_entry (child, &dir->children, siblings)
		room++;
	if (items_alloc(ls, room))
		return STATUS_MINOR;
	add_children(ls, dir);
	for (i = 0; i < ls->count; i++)
		total += blocks_kb(ls->items[i].node);
	if (ls->layout == LS_LONG)
		out(ls->io, "total %llu\n", total);
	print_items(ls);
	kfree(ls->items);
	return 0;
}

static int compare_items(const void *a, const void *b)
{
	return strcmp(((const struct item *)a)->name, ((const struct item *)b)->name);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* A link that is named stands for what it leads to, unless it is itself to be described. */
static int item_find(const struct ls *ls, const char *name, struct node **out)
{
	bool describe = ls->layout == LS_LONG || ls->directories;

	return describe ? path_lookup_link(name, out) : path_lookup(name, out);
}

/* The files among the operands, all in one listing. Directories are only looked up. */
static int list_files(struct ls *ls, char **names, unsigned int n)
{
	int status = 0, err;
	struct node *node;
	unsigned int i;

	if (items_alloc(ls, n))
		return STATUS_MINOR;
	for (i = 0; i < n; i++) {
		err = item_find(ls, names[i], &node);
		if (err) {
			complain(ls->io, "cannot access '%s': %s\n", names[i], errno_text(err));
			status = STATUS_TROUBLE;
		} else if (!S_ISDIR(node->mode) || ls->directories) {
			item_add(ls, names[i], node);
		}
	}
	sort(ls->items, ls->count, sizeof(*ls->items), compare_items, NULL);
	print_items(ls);
	kfree(ls->items);
	return status;
}

static int list_directories(struct ls *ls, char **names, unsigned int n)
{
	bool first = !ls->count; /* no files were listed before */
	struct node *node;
	int status = 0;
	unsigned int i;

	sort(names, n, sizeof(*names), compare_names, NULL);
	for (i = 0; i < n && !status; i++) {
		if (item_find(ls, names[i], &node) || !S_ISDIR(node->mode))
			continue;
		if (n > 1)
			out(ls->io, "%s%s:\n", first ? "" : "\n", names[i]);
		first = false;
		if (fs_allowed(node, FS_READ)) {
			status = list_directory(ls, node);
			continue;
		}
		complain(ls->io, "cannot open directory '%s': %s\n", names[i], errno_text(EACCES));
		status = STATUS_TROUBLE;
	}
	return status;
}

static bool read_options(struct ls *ls, struct options *o)
{
	int letter;

	while ((letter = option_next(o))) {
		switch (letter) {
		case 'l':
			ls->layout = LS_LONG;
			break;
		case '1':
			ls->layout = ls->layout == LS_LONG ? LS_LONG : LS_SINGLE;
			break;
		case 'a':
			ls->all = true;
			break;
		case 'd':
			ls->directories = true;
			break;
		default:
			return false;
		}
	}
	return true;
}

static int ls_run(struct io *io, int argc, char **argv)
{
	struct ls ls = {.io = io, .layout = out_is_console(io) ? LS_COLUMNS : LS_SINGLE};
	static char *here[] = {"."};
	struct options o;
	char **names;
	unsigned int n;
	int status, status2 = 0;

	options_start(&o, io, "al1d", argc, argv);
	if (!read_options(&ls, &o))
		return STATUS_TROUBLE;
	names = o.operands ? argv + 1 : here;
	n = o.operands ? (unsigned int)o.operands : 1;
	status = list_files(&ls, names, n);
	if (!ls.directories)
		status2 = list_directories(&ls, names, n);
	return max(status, status2);
}

const struct command cmd_ls = {
	.name = "ls",
	.usage = "[-la1d] [FILE]...",
	.brief = "list directories",
	.text = "  -l  with mode, size and date\n"
		"  -a  also names that begin with a dot\n"
		"  -1  one name a line\n"
		"  -d  directories themselves, not what is in them",
	.run = ls_run,
};
