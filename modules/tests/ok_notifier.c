/* SPDX-License-Identifier: MIT */
/* ok_notifier.c: hears of all modules that come and go; vetoes the one called `veto`. */
/* expect: loads; args "veto=ok_empty" */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/string.h>

static char *veto = "";
module_param(veto, charp, 0444);

static const char *const names[] = {
	[MODULE_STATE_LIVE] = "live",
	[MODULE_STATE_COMING] = "coming",
	[MODULE_STATE_GOING] = "going",
};

static int hear(struct notifier_block *nb, unsigned long action, void *data)
{
	struct module *mod = data;

	(void)nb;
	printk(KERN_INFO "ok_notifier: %s is %s\n", mod->name, names[action]);
	if (action == MODULE_STATE_COMING && strcmp(mod->name, veto) == 0)
		return notifier_from_errno(-EPERM);
	return NOTIFY_OK;
}

/* Asked before the one above, so it is told GOING when that one vetoes. */
static int hear_first(struct notifier_block *nb, unsigned long action, void *data)
{
	struct module *mod = data;

	(void)nb;
	if (action == MODULE_STATE_GOING)
		printk(KERN_INFO "ok_notifier: the first heard that %s is going\n", mod->name);
	return NOTIFY_DONE;
}

static struct notifier_block notifier = {.notifier_call = hear};
static struct notifier_block first = {.notifier_call = hear_first, .priority = 10};

static int __init ok_notifier_init(void)
{
	register_module_notifier(&notifier);
	return register_module_notifier(&first);
}

static void __exit ok_notifier_exit(void)
{
	unregister_module_notifier(&first);
	unregister_module_notifier(&notifier);
}

module_init(ok_notifier_init);
module_exit(ok_notifier_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Listens to the loader");
