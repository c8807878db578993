/* SPDX-License-Identifier: MIT */
/*
 * sysfs.c: what a module shows of itself in /sys/module/NAME. Names, modes and formats are Linux's.
 *
 * Assumes a module that has its parameters: one that a parameter refused leaves no trace here.
 * Promises that sysfs_remove() takes all away again, however far sysfs_add() came. The texts are
 * made when somebody reads them, so a file never tells of yesterday.
 */
#include "module/file.h"
#include "module/policy.h"
#include "module/private.h"
#include "module/sysfs.h"

#include <linux/kernel.h>
#include <linux/string.h>
#include "mm/mm.h"

int sysfs_mkdir(struct node *dir, const char *name, struct node **out)
{
	return fs_create(dir, name, S_IFDIR | 0755, out);
}

int sysfs_file(struct node *dir, const char *name, umode_t mode, const struct node_ops *ops,
	       const void *private)
{
	struct node *node;
	int err = fs_create_text(dir, name, mode, ops, (void *)private, &node);

	if (!err)
		node->size = PAGE_SIZE;
	return err;
}

/* --- the files --- */

/* Bytes of the memory kinds from @first to @last. */
static unsigned int bytes_of(const struct module *mod, int first, int last)
{
	unsigned int bytes = 0;

	for (; first <= last; first++)
		bytes += mod->mem[first].size;
	return bytes;
}

static int coresize_show(struct seq_file *m)
{
	seq_printf(m, "%u\n", bytes_of(m->private, MOD_TEXT, MOD_RO_AFTER_INIT));
	return 0;
}

static int initsize_show(struct seq_file *m)
{
	seq_printf(m, "%u\n", bytes_of(m->private, MOD_INIT_TEXT, MOD_INIT_RODATA));
	return 0;
}

static int initstate_show(struct seq_file *m)
{
	const struct module *mod = m->private;

	seq_puts(m, mod->state == MODULE_STATE_LIVE	? "live\n"
		    : mod->state == MODULE_STATE_COMING ? "coming\n"
							: "going\n");
	return 0;
}

#ifdef CONFIG_MODULE_UNLOAD
static int refcnt_show(struct seq_file *m)
{
	seq_printf(m, "%i\n", module_refcount(m->private));
	return 0;
}
#endif

static int taint_show(struct seq_file *m)
{
	char letters[MODULE_FLAGS_SIZE];

	seq_printf(m, "%s\n", module_taints(m->private, letters));
	return 0;
}

static int version_show(struct seq_file *m)
{
	seq_printf(m, "%s\n", ((const struct module *)m->private)->version);
	return 0;
}

static int srcversion_show(struct seq_file *m)
{
	seq_printf(m, "%s\n", ((const struct module *)m->private)->srcversion);
	return 0;
}

/* Who would be told does not exist in Koan, but a wrong word is told from a right one. */
static int uevent_store(void *private, const char *buf, size_t len)
{
	static const char *const actions[] = {"add",	"remove",  "change", "move",
					      "online", "offline", "bind",   "unbind"};
	size_t word = strcspn(buf, " \n");
	unsigned int i;

	(void)private;
	(void)len;
	for (i = 0; i < ARRAY_SIZE(actions); i++)
		if (strlen(actions[i]) == word && memcmp(actions[i], buf, word) == 0)
			return 0;
	return -EINVAL;
}

const struct node_ops sysfs_uevent_ops = {.store = uevent_store};

/* In the order of their names. */
static const struct {
	const char *name;
	struct node_ops ops;
} attributes[] = {
	{"coresize", {.show = coresize_show}},	 {"initsize", {.show = initsize_show}},
	{"initstate", {.show = initstate_show}},
#ifdef CONFIG_MODULE_UNLOAD
	{"refcnt", {.show = refcnt_show}},
#endif
	{"taint", {.show = taint_show}},
};

static const struct node_ops version_ops = {.show = version_show};
static const struct node_ops srcversion_ops = {.show = srcversion_show};

static int add_files(struct module *mod, struct node *dir)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < ARRAY_SIZE(attributes) && !err; i++)
		err = sysfs_file(dir, attributes[i].name, 0444, &attributes[i].ops, mod);
	if (mod->version)
		err = err ?: sysfs_file(dir, "version", 0444, &version_ops, mod);
	if (mod->srcversion)
		err = err ?: sysfs_file(dir, "srcversion", 0444, &srcversion_ops, mod);
	return err ?: sysfs_file(dir, "uevent", 0200, &sysfs_uevent_ops, mod);
}

/* --- holders: in each provider's directory a link to its user's --- */

static int add_holders(struct module *mod)
{
	char target[sizeof("../../") + MODULE_NAME_LEN];
	struct module_use *use;
	int err = 0;

	snprintf(target, sizeof(target), "../../%s", mod->name);
	list_for_each_entry (use, &mod->target_list, target_list) {
		err = fs_create_link(use->provider->priv->holders, mod->name, target, &use->holder);
		if (err)
			break;
	}
	return err;
}

static void remove_holders(struct module *mod)
{
	struct module_use *use;

	list_for_each_entry (use, &mod->target_list, target_list) {
		if (use->holder)
			fs_remove(use->holder);
		use->holder = NULL;
	}
}

/* --- all together --- */

/* At boot, so that the first module takes no more memory than it gives back. */
void sysfs_init(void)
{
	struct node *sys, *top;

	if (fs_lookup(&fs_root, "/sys", &sys) || sysfs_mkdir(sys, "module", &top))
		panic("no memory for " SYS_MODULE);
	decompress_init(top);
}

/* A directory of that name is that of something built in: built-ins are no modules of the list. */
static int refuse_taken(struct load *ld)
{
	return load_fail(ld, EINVAL, "module is already loaded");
}

int sysfs_try(struct load *ld)
{
	struct node *top, *taken;
	int err;

	load_step(ld, STEP_SYSFS);
	err = fs_lookup(&fs_root, SYS_MODULE, &top);
	if (!err && !fs_lookup(top, ld->name, &taken))
		return refuse_taken(ld);
	if (!err)
		load_tell_would(ld, "there would be " SYS_MODULE "/%s", ld->name);
	return err;
}

static int add_directory(struct load *ld)
{
	struct module_private *priv = ld->mod->priv;
	struct node *top;
	int err;

	err = fs_lookup(&fs_root, SYS_MODULE, &top);
	err = err ?: sysfs_mkdir(top, ld->name, &priv->sysfs);
	if (err == -EEXIST)
		return refuse_taken(ld);
	return err ?: sysfs_mkdir(priv->sysfs, "holders", &priv->holders);
}

int sysfs_add(struct load *ld)
{
	struct module_private *priv = ld->mod->priv;
	int err;

	load_step(ld, STEP_SYSFS);
	err = add_directory(ld);
	err = err ?: add_files(ld->mod, priv->sysfs);
	err = err ?: sysfs_parameters(ld, priv->sysfs);
	err = err ?: sysfs_sections(ld, priv->sysfs);
	err = err ?: add_holders(ld->mod);
	if (!err)
		load_tell(ld, SYS_MODULE "/%s", ld->name);
	return err == -ENOMEM ? load_fail(ld, ENOMEM, "no memory for /sys/module/%s", ld->name)
			      : err;
}

void sysfs_remove(struct module *mod)
{
	struct module_private *priv = mod->priv;

	remove_holders(mod);
	if (priv->sysfs)
		fs_remove(priv->sysfs);
	priv->sysfs = priv->holders = NULL;
}
