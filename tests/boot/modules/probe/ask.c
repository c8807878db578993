/* SPDX-License-Identifier: MIT */
/* ask.c: asks for another module while its own init runs, and tells what it was answered. */
#include <linux/kmod.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>

static char *name = "";
module_param(name, charp, 0444);
MODULE_PARM_DESC(name, "Which module to ask for");

static bool nowait;
module_param(nowait, bool, 0444);
MODULE_PARM_DESC(nowait, "Do not wait for it");

static int times = 1;
module_param(times, int, 0444);
MODULE_PARM_DESC(times, "How often to ask");

int ask_value(void);

/* Of no use to anybody before init has returned. */
int ask_value(void)
{
	return times;
}
EXPORT_SYMBOL_GPL(ask_value);

static int __init ask_init(void)
{
	int i, ret;

	for (i = 0; i < times; i++) {
		ret = nowait ? request_module_nowait("%s", name) : request_module("%s", name);
		pr_info("ask: %s: %d\n", name, ret);
	}
	return 0;
}

static void __exit ask_exit(void)
{
}

module_init(ask_init);
module_exit(ask_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Asks for another module");
