/* SPDX-License-Identifier: MIT */
/*
 * watcher.c: tells what others see of the module victim, in each of its states: as a console, which
 * hears what the loader says before the module exists for others, and as a notifier.
 */
#include <linux/console.h>
#include <linux/kmod.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/string.h>

#define VICTIM "victim"

static bool ask;
module_param(ask, bool, 0444);
MODULE_PARM_DESC(ask, "Have it loaded, in such a way that nobody holds the log back");

static const char *const names[] = {
	[MODULE_STATE_LIVE] = "live",
	[MODULE_STATE_COMING] = "coming",
	[MODULE_STATE_GOING] = "going",
};

/* What the console heard first, while it could not print: whether the module was to be found. */
static bool heard, found;

static void hear(struct console *con, const char *s, unsigned int count)
{
	static const char first_words[] = VICTIM ": module is from the staging";
	unsigned int i;

	(void)con;
	for (i = 0; !heard && i + sizeof(first_words) <= count; i++) {
		if (memcmp(s + i, first_words, sizeof(first_words) - 1) != 0)
			continue;
		heard = true;
		found = find_module(VICTIM);
	}
}

static struct console ear = {.name = "watcher", .write = hear};

/* Can it be found, held, and asked for what it exports? */
static void look(struct module *mod, const char *when)
{
	bool held = try_module_get(mod);
	void *symbol = __symbol_get("victim_value");

	pr_info("watcher: %s: found %d, held %d, symbol %d, users %d\n", when,
		find_module(VICTIM) == mod, held, symbol != NULL, module_refcount(mod));
	if (symbol)
		__symbol_put("victim_value");
	if (held)
		module_put(mod);
}

static int tell(struct notifier_block *nb, unsigned long action, void *data)
{
	struct module *mod = data;

	(void)nb;
	if (strcmp(mod->name, VICTIM) == 0)
		look(mod, names[action]);
	return NOTIFY_OK;
}

static struct notifier_block notifier = {.notifier_call = tell};

static int __init watcher_init(void)
{
	int err = register_module_notifier(&notifier);

	if (err || !ask)
		return err;
	register_console(&ear);
	err = request_module(VICTIM);
	unregister_console(&ear);
	pr_info("watcher: asked: %d; unformed: heard %d, found %d\n", err, heard, found);
	return 0;
}

static void __exit watcher_exit(void)
{
	unregister_module_notifier(&notifier);
}

module_init(watcher_init);
module_exit(watcher_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Watches victim");
