/* SPDX-License-Identifier: MIT */
/*
 * sysfs_sections.c: where the sections of a module lie, for debuggers, and what its notes say.
 *
 * As on Linux a file in `sections` exists as long as the module, also that of an .init section,
 * whose memory may be somebody else's by then.
 */
#include "module/file.h"
#include "module/sysfs.h"

#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/string.h>
#include "sched/sched.h"

struct section_name {
	const char *name;
	unsigned int index;
};

static int address_show(struct seq_file *m)
{
	seq_printf(m, "0x%016lx\n", kallsyms_show_value() ? (unsigned long)m->private : 0);
	return 0;
}

static const struct node_ops address_ops = {.show = address_show};

/*
 * .modinfo is read and not used where it lies; Linux does not even load it. No file can have a longer
 * name, and thousands of sections may share one of a megabyte, which would be sorted for hours.
 */
static bool is_shown(const struct load *ld, unsigned int i)
{
	return ld->plan[i].kind != MOD_INVALID && ld->elf.sections[i].sh_size &&
	       i != ld->elf.modinfo && strnlen(section_name(ld, i), FS_NAME_MAX + 1) <= FS_NAME_MAX;
}

static bool is_note(const struct load *ld, unsigned int i)
{
	return is_shown(ld, i) && ld->elf.sections[i].sh_type == SHT_NOTE;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(((const struct section_name *)a)->name,
		      ((const struct section_name *)b)->name);
}

/* Sorted, because a directory grows fastest in the order of its names. */
static void list_sections(const struct load *ld, bool (*wanted)(const struct load *, unsigned int),
			  struct section_name *names)
{
	unsigned int i, n = 0;

	for (i = 1; i < ld->elf.header->e_shnum; i++)
		if (wanted(ld, i))
			names[n++] = (struct section_name){section_name(ld, i), i};
	sort(names, n, sizeof(*names), compare_names, NULL);
}

static int add_address(const struct load *ld, struct node *dir, const struct section_name *section)
{
	struct node *node;
	int err = fs_create_text(dir, section->name, 0400, &address_ops,
				 (void *)ld->plan[section->index].address, &node);

	if (!err)
		node->size = strlen("0x") + 2 * sizeof(unsigned long) + strlen("\n");
	return err;
}

/* A copy, since files give their bytes back themselves. */
static int add_note(const struct load *ld, struct node *dir, const struct section_name *section)
{
	const struct section_plan *plan = ld->plan + section->index;
	size_t size = ld->elf.sections[section->index].sh_size;
	struct node *node;
	void *copy;
	int err = fs_create(dir, section->name, S_IFREG | 0444, &node);

	if (err)
		return err;
	copy = kmalloc(size, GFP_KERNEL);
	if (!copy)
		return -ENOMEM;
	memcpy(copy, plan->bytes, size);
	node->data = copy;
	node->data_is_heap = true;
	node->size = size;
	return 0;
}

/* A name that no file can have, and the second of two equal ones, are left out. */
static int add_directory(const struct load *ld, struct node *dir, const char *name,
			 bool (*wanted)(const struct load *, unsigned int),
			 int (*add)(const struct load *, struct node *,
				    const struct section_name *))
{
	struct section_name *sections;
	unsigned int i, count = 0;
	struct node *below;
	int err;

	for (i = 1; i < ld->elf.header->e_shnum; i++)
		count += wanted(ld, i);
	if (!count)
		return 0;
	sections = kcalloc(count, sizeof(*sections), GFP_KERNEL);
	if (!sections)
		return -ENOMEM;
	list_sections(ld, wanted, sections);
	err = sysfs_mkdir(dir, name, &below);
	for (i = 0; i < count && err != -ENOMEM; i++)
		err = add(ld, below, sections + i);
	kfree(sections);
	return err == -ENOMEM ? err : 0;
}

int sysfs_sections(struct load *ld, struct node *dir)
{
	int err = add_directory(ld, dir, "sections", is_shown, add_address);

	return err ?: add_directory(ld, dir, "notes", is_note, add_note);
}
