/* SPDX-License-Identifier: MIT */
/*
 * sysfs_params.c: a file for each parameter that is to be seen. Reading and writing it calls the
 * get and set functions of the parameter's type, so a refused value leaves the old one, and custom
 * types decide for themselves.
 */
#include "module/params.h"
#include "module/sysfs.h"

#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/string.h>
#include "mm/mm.h"
#include "sched/sched.h"

#define MODE_BITS 0777

static void free_text(void *text)
{
	kfree(text);
}

/* A get function is the module's own, perhaps, and might not come back. */
static int param_show(struct seq_file *m)
{
	const struct kernel_param *kp = m->private;
	struct cleanup cleanup;
	char *text;
	int len;

	if (!kp->ops->get)
		return -EPERM;
	text = kzalloc(PAGE_SIZE, GFP_KERNEL);
	if (!text)
		return -ENOMEM;
	cleanup_push(&cleanup, free_text, text);
	len = kp->ops->get(text, kp);
	cleanup_pop(&cleanup);
	/* That many cannot be there, whatever the module says. */
	if (len >= (int)PAGE_SIZE) {
		pr_warn("%s: get function of its type returned bad count %i\n", kp->name, len);
		len = PAGE_SIZE - 1;
	}
	if (len > 0)
		(void)seq_write(m, text, len);
	kfree(text);
	return min(len, 0);
}

/* The text ends in a newline when `echo` wrote it: numbers do not mind, strings keep it. */
static int param_store(void *private, const char *buf, size_t len)
{
	const struct kernel_param *kp = private;

	if (!kp->ops->set)
		return -EPERM;
	if (len >= PAGE_SIZE)
		return -E2BIG;
	return param_set(kp, buf);
}

static const struct node_ops param_ops = {.show = param_show, .store = param_store};

int sysfs_param(struct node *dir, const char *name, const struct kernel_param *kp)
{
	return kp->perm ? sysfs_file(dir, name, kp->perm & MODE_BITS, &param_ops, kp) : 0;
}

static int compare_params(const void *a, const void *b)
{
	const struct kernel_param *const *left = a, *const *right = b;

	return strcmp((*left)->name, (*right)->name);
}

/* Sorted, because a directory grows fastest in the order of its names. */
static int add_all(struct load *ld, struct node *dir, const struct kernel_param **rows,
		   unsigned int n)
{
	unsigned int i;
	int err;

	sort(rows, n, sizeof(*rows), compare_params, NULL);
	for (i = 0; i < n; i++) {
		err = sysfs_param(dir, rows[i]->name, rows[i]);
		if (err == -EEXIST)
			return load_fail(ld, EINVAL, "two of its parameters are named `%s'",
					 rows[i]->name);
		if (err && err != -ENOMEM)
			return load_fail(ld, EINVAL, "no file in /sys can be named `%s'",
					 rows[i]->name);
		if (err)
			return err;
	}
	return 0;
}

int sysfs_parameters(struct load *ld, struct node *dir)
{
	const struct module *mod = ld->mod;
	const struct kernel_param **rows;
	struct node *parameters;
	unsigned int i, n = 0;
	int err;

	for (i = 0; i < mod->num_kp; i++)
		n += mod->kp[i].perm != 0;
	if (!n)
		return 0;
	rows = kcalloc(n, sizeof(*rows), GFP_KERNEL);
	if (!rows)
		return -ENOMEM;
	for (i = 0, n = 0; i < mod->num_kp; i++)
		if (mod->kp[i].perm)
			rows[n++] = &mod->kp[i];
	err = sysfs_mkdir(dir, "parameters", &parameters);
	err = err ?: add_all(ld, parameters, rows, n);
	kfree(rows);
	return err;
}
