/* SPDX-License-Identifier: MIT */
/*
 * paramtypes.c: the types of parameters that module_param() knows: how each is read from text and
 * printed into /sys.
 *
 * set() gets the text of one parameter (NULL for a bare name where that is allowed) and returns 0,
 * -EINVAL, -ERANGE or -ENOSPC; the variable changes only when the whole text is good. get() writes
 * at most a page, ending in a newline, and returns the length.
 */
#include "module/load.h"

#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "mm/mm.h"

#define CHARP_MAX 1024

/* --- numbers --- */

#define NUMBER_PARAM(name, type, format, parse)                                                    \
	int param_set_##name(const char *val, const struct kernel_param *kp)                       \
	{                                                                                          \
		return parse(val, 0, (type *)kp->arg);                                             \
	}                                                                                          \
	EXPORT_SYMBOL(param_set_##name);                                                           \
	int param_get_##name(char *buffer, const struct kernel_param *kp)                          \
	{                                                                                          \
		return scnprintf(buffer, PAGE_SIZE, format "\n", *(type *)kp->arg);                \
	}                                                                                          \
	EXPORT_SYMBOL(param_get_##name);                                                           \
	const struct kernel_param_ops param_ops_##name = {                                         \
		.set = param_set_##name,                                                           \
		.get = param_get_##name,                                                           \
	};                                                                                         \
	EXPORT_SYMBOL(param_ops_##name)

NUMBER_PARAM(byte, unsigned char, "%hhu", kstrtou8);
NUMBER_PARAM(short, short, "%hi", kstrtos16);
NUMBER_PARAM(ushort, unsigned short, "%hu", kstrtou16);
NUMBER_PARAM(int, int, "%i", kstrtoint);
NUMBER_PARAM(uint, unsigned int, "%u", kstrtouint);
NUMBER_PARAM(long, long, "%li", kstrtol);
NUMBER_PARAM(ulong, unsigned long, "%lu", kstrtoul);
NUMBER_PARAM(ullong, unsigned long long, "%llu", kstrtoull);
NUMBER_PARAM(hexint, unsigned int, "%#08x", kstrtouint);

/* --- yes or no --- */

int param_set_bool(const char *val, const struct kernel_param *kp)
{
	return kstrtobool(val ?: "1", kp->arg);
}
EXPORT_SYMBOL(param_set_bool);

int param_get_bool(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%c\n", *(bool *)kp->arg ? 'Y' : 'N');
}
EXPORT_SYMBOL(param_get_bool);

const struct kernel_param_ops param_ops_bool = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = param_set_bool,
	.get = param_get_bool,
};
EXPORT_SYMBOL(param_ops_bool);

int param_set_invbool(const char *val, const struct kernel_param *kp)
{
	bool value;
	int err = kstrtobool(val, &value);

	if (!err)
		*(bool *)kp->arg = !value;
	return err;
}
EXPORT_SYMBOL(param_set_invbool);

int param_get_invbool(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%c\n", *(bool *)kp->arg ? 'N' : 'Y');
}
EXPORT_SYMBOL(param_get_invbool);

const struct kernel_param_ops param_ops_invbool = {
	.set = param_set_invbool,
	.get = param_get_invbool,
};
EXPORT_SYMBOL(param_ops_invbool);

/* A bool that is kept in an int. */
int param_set_bint(const char *val, const struct kernel_param *kp)
{
	bool value;
	int err = kstrtobool(val ?: "1", &value);

	if (!err)
		*(int *)kp->arg = value;
	return err;
}
EXPORT_SYMBOL(param_set_bint);

const struct kernel_param_ops param_ops_bint = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = param_set_bint,
	.get = param_get_int,
};
EXPORT_SYMBOL(param_ops_bint);

/* --- text --- */

/* A copy that a charp parameter points at; a pointer to anything else is not ours to free. */
struct charp_copy {
	struct list_head list;
	char text[];
};

static LIST_HEAD(charp_copies);

static void free_charp(void *arg)
{
	struct charp_copy *copy;

	list_for_each_entry (copy, &charp_copies, list) {
		if (copy->text != *(char **)arg)
			continue;
		list_del(&copy->list);
		kfree(copy);
		*(char **)arg = NULL;
		return;
	}
}

int param_set_charp(const char *val, const struct kernel_param *kp)
{
	struct charp_copy *copy;
	size_t len = strlen(val);

	if (len > CHARP_MAX) {
		pr_err("%s: string parameter too long\n", kp->name);
		return -ENOSPC;
	}
	copy = kmalloc(sizeof(*copy) + len + 1, GFP_KERNEL);
	if (!copy)
		return -ENOMEM;
	memcpy(copy->text, val, len + 1);
	free_charp(kp->arg);
	list_add(&copy->list, &charp_copies);
	*(char **)kp->arg = copy->text;
	return 0;
}
EXPORT_SYMBOL(param_set_charp);

int param_get_charp(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%s\n", *(char **)kp->arg ?: "(null)");
}
EXPORT_SYMBOL(param_get_charp);

const struct kernel_param_ops param_ops_charp = {
	.set = param_set_charp,
	.get = param_get_charp,
	.free = free_charp,
};
EXPORT_SYMBOL(param_ops_charp);

int param_set_copystring(const char *val, const struct kernel_param *kp)
{
	const struct kparam_string *str = kp->str;

	if (strlen(val) + 1 > str->maxlen) {
		pr_err("%s: string doesn't fit in %u chars.\n", kp->name, str->maxlen - 1);
		return -ENOSPC;
	}
	strcpy(str->string, val);
	return 0;
}
EXPORT_SYMBOL(param_set_copystring);

int param_get_string(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%s\n", kp->str->string);
}
EXPORT_SYMBOL(param_get_string);

const struct kernel_param_ops param_ops_string = {
	.set = param_set_copystring,
	.get = param_get_string,
};
EXPORT_SYMBOL(param_ops_string);

/* --- arrays --- */

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

static int param_array_get(char *buffer, const struct kernel_param *kp)
{
	const struct kparam_array *arr = kp->arr;
	unsigned int i, count = arr->num ? min(*arr->num, arr->max) : arr->max;
	int len, used = 0;
	char *one = kmalloc(PAGE_SIZE, GFP_KERNEL);

	if (!one)
		return -ENOMEM;
	for (i = 0; i < count; i++) {
		len = get_element(one, kp, i);
		if (len < 0 || used + len >= (int)PAGE_SIZE)
			break;
		if (used > 0)
			buffer[used - 1] = ','; /* in place of the newline before */
		memcpy(buffer + used, one, len);
		used += len;
	}
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
