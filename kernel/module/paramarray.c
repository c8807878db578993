/* SPDX-License-Identifier: MIT */
/*
 * paramarray.c: parameters that are arrays: each element is a parameter of the element's type.
 *
 * Assumes a kparam_array as module_param_array() makes it. Promises that no more than `max` elements
 * are ever touched, and that `num`, when it is there, counts those that were set.
 */
#include "module/load.h"

#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "mm/mm.h"
#include "sched/sched.h"

/* Element @i as a parameter of its own. */
#define ARRAY_ELEMENT(kp, i)                                                                       \
	{                                                                                          \
		.name = (kp)->name, .mod = (kp)->mod, .ops = (kp)->arr->ops, .perm = (kp)->perm,   \
		.level = (kp)->level, .flags = (kp)->flags,                                        \
		.arg = (char *)(kp)->arr->elem + (size_t)(kp)->arr->elemsize * (i),                \
	}

static int set_element(const char *val, const struct kernel_param *kp, unsigned int i)
{
	const struct kernel_param element = ARRAY_ELEMENT(kp, i);

	return element.ops->set(val, &element);
}

static int get_element(char *buffer, const struct kernel_param *kp, unsigned int i)
{
	const struct kernel_param element = ARRAY_ELEMENT(kp, i);

	return element.ops->get(buffer, &element);
}

/*
 * "1,2,3": each piece is cut out of @val by a NUL in its place, as in Linux. So a message about the
 * whole value shows its first piece only.
 */
static int param_array_set(const char *val, const struct kernel_param *kp)
{
	const struct kparam_array *arr = kp->arr;
	unsigned int count = 0;
	char *piece, *rest = (char *)val;
	int err = 0;

	while (!err && (piece = strsep(&rest, ","))) {
		if (count == arr->max) {
			pr_err("%s: can only take %i arguments\n", kp->name, arr->max);
			err = -EINVAL;
			break;
		}
		err = set_element(piece, kp, count);
		count += !err;
	}
	if (arr->num)
		*arr->num = count;
	return err;
}

static void free_text(void *text)
{
	kfree(text);
}

static int param_array_get(char *buffer, const struct kernel_param *kp)
{
	const struct kparam_array *arr = kp->arr;
	unsigned int i, count = arr->num ? min(*arr->num, arr->max) : arr->max;
	int len, used = 0;
	char *one = kmalloc(PAGE_SIZE, GFP_KERNEL);
	struct cleanup cleanup;

	if (!one)
		return -ENOMEM;
	cleanup_push(&cleanup, free_text, one);
	for (i = 0; i < count; i++) {
		len = get_element(one, kp, i);
		if (len < 0 || used + len >= (int)PAGE_SIZE)
			break;
		if (used > 0)
			buffer[used - 1] = ','; /* in place of the newline before */
		memcpy(buffer + used, one, len);
		used += len;
	}
	cleanup_pop(&cleanup);
	kfree(one);
	buffer[used] = '\0';
	return used;
}

static void param_array_free(void *arg)
{
	const struct kparam_array *arr = arg;
	unsigned int i;

	/* All of them, set or not: only copies that we made are freed. */
	for (i = 0; arr->ops->free && i < arr->max; i++)
		arr->ops->free((char *)arr->elem + (size_t)arr->elemsize * i);
}

const struct kernel_param_ops param_array_ops = {
	.set = param_array_set,
	.get = param_array_get,
	.free = param_array_free,
};
EXPORT_SYMBOL(param_array_ops);
