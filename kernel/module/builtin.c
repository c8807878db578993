/* SPDX-License-Identifier: MIT */
/*
 * builtin.c: modules that are part of the kernel: the same sources, linked in. They have no struct
 * module and are in no list, and their init is an initcall; the rest of what makes a module is done
 * here: parameters, from the kernel command line as `module.parameter=value`, and their files, and
 * the version, in /sys/module. Linux shows no more of them either, and nothing of those that have
 * none of these.
 *
 * Assumes the names in __param to begin with that of the module and a dot; one without a dot is the
 * kernel's own (core_param), and `kernel` is what it has in /sys/module. Promises that parameters
 * are set before any initcall runs.
 */
#include "module/params.h"
#include "module/registry.h"
#include "module/run.h"
#include "module/sysfs.h"

#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "mm/mm.h"

#define KERNEL_ITSELF "kernel"

extern const struct kernel_param __start___param[], __stop___param[];
extern const struct module_version __start___modver[], __stop___modver[];

/* How much of "module.parameter" is the module's name; 0: there is none. */
static size_t module_part(const char *name)
{
	const char *dot = strchr(name, '.');

	return dot ? (size_t)(dot - name) : 0;
}

/* Is @name, of @len bytes, the module of the parameter @param? */
static bool is_of_module(const char *param, const char *name, size_t len)
{
	return len && module_part(param) == len && same_name_part(param, name, len);
}

/* --- the kernel command line --- */

/*
 * A word without a dot is for the kernel, and one for a module that is not built in waits until
 * somebody loads that module. But a module that is here must know its parameters.
 */
static int unknown_word(const struct param_rows *params, const char *name)
{
	unsigned int i;

	for (i = 0; i < params->count; i++)
		if (is_of_module(params->rows[i].name, name, module_part(name)))
			return -ENOENT;
	return 0;
}

static void set_parameters(void)
{
	const struct param_rows params = {
		.doing = "Booting kernel",
		.rows = __start___param,
		.count = __stop___param - __start___param,
		.unknown = unknown_word,
	};
	char *words = kstrdup(boot_info.cmdline, GFP_KERNEL);
	const char *rest;

	if (!words)
		panic("no memory for the kernel command line");
	/* What was wrong has been told by then; the kernel starts all the same. */
	parse_args(&params, words, &rest);
	kfree(words);
}

/* --- /sys/module --- */

static int find_or_make(struct node *dir, const char *name, struct node **out)
{
	int err = sysfs_mkdir(dir, name, out);

	return err == -EEXIST ? fs_lookup(dir, name, out) : err;
}

/* The directory of a module whose name is the first @len bytes of @name. */
static int module_directory(const char *name, size_t len, struct node **out)
{
	char module[MODULE_NAME_LEN];
	struct node *top;
	int err;

	snprintf(module, sizeof(module), "%.*s", (int)len, name);
	err = fs_lookup(&fs_root, SYS_MODULE, &top);
	err = err ?: sysfs_mkdir(top, module, out);
	if (err == -EEXIST)
		return fs_lookup(top, module, out);
	return err ?: sysfs_file(*out, "uevent", 0200, &sysfs_uevent_ops, NULL);
}

static int show_parameter(const struct kernel_param *kp)
{
	size_t len = module_part(kp->name);
	const char *name = len ? kp->name + len + 1 : kp->name;
	struct node *dir;
	int err;

	if (!kp->perm)
		return 0;
	err = len ? module_directory(kp->name, len, &dir)
		  : module_directory(KERNEL_ITSELF, strlen(KERNEL_ITSELF), &dir);
	err = err ?: find_or_make(dir, "parameters", &dir);
	return err ?: sysfs_param(dir, name, kp);
}

static int version_show(struct seq_file *m)
{
	const struct module_version *version = m->private;

	seq_printf(m, "%s\n", version->version);
	return 0;
}

static const struct node_ops version_ops = {.show = version_show};

static int show_version(const struct module_version *version)
{
	struct node *dir;
	int err = module_directory(version->module, strlen(version->module), &dir);

	return err ?: sysfs_file(dir, "version", 0444, &version_ops, version);
}

void builtins_init(void)
{
	const struct module_version *version;
	const struct kernel_param *kp;
	int err = 0;

	set_parameters();
	for (kp = __start___param; kp < __stop___param && !err; kp++)
		err = show_parameter(kp);
	for (version = __start___modver; version < __stop___modver && !err; version++)
		err = show_version(version);
	if (err)
		panic("cannot show in /sys/module what is built in: error %d", err);
}
