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
NUMBER_PARAM(hexint, unsigned int, "0x%06x", kstrtouint);

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

/* On is for ever: whoever wants it off again is told that it cannot be written. */
int param_set_bool_enable_only(const char *val, const struct kernel_param *kp)
{
	bool value;
	int err = kstrtobool(val ?: "1", &value);

	if (err)
		return err;
	if (!value && *(bool *)kp->arg)
		return -EROFS;
	*(bool *)kp->arg = value;
	return 0;
}
EXPORT_SYMBOL_GPL(param_set_bool_enable_only);

const struct kernel_param_ops param_ops_bool_enable_only = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = param_set_bool_enable_only,
	.get = param_get_bool,
};
EXPORT_SYMBOL_GPL(param_ops_bool_enable_only);

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

/*
 * The text that was given for a charp parameter. The variable is the module's: it may point somewhere
 * else by now, at nothing of ours, so it is remembered whose the copy is.
 */
struct charp_copy {
	struct list_head list;
	char **variable;
	char text[];
};

static LIST_HEAD(charp_copies);

static void free_copy(struct charp_copy *copy)
{
	list_del(&copy->list);
	kfree(copy);
}

/* With @all, also those that the variable does not point at any more, but somebody else might. */
static void free_copies(char **variable, bool all)
{
	struct charp_copy *copy, *next;

	list_for_each_entry_safe (copy, next, &charp_copies, list) {
		if (copy->variable != variable || (!all && copy->text != *variable))
			continue;
		if (copy->text == *variable)
			*variable = NULL;
		free_copy(copy);
	}
}

static void free_charp(void *arg)
{
	free_copies(arg, true);
}

int param_set_charp(const char *val, const struct kernel_param *kp)
{
	char **variable = kp->arg;
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
	free_copies(variable, false);
	copy->variable = variable;
	list_add(&copy->list, &charp_copies);
	*variable = copy->text;
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
