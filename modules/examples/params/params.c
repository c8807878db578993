/* SPDX-License-Identifier: MIT */
/*
 * params.c: variables that the person who loads the module sets: insmod params.ko count=3
 *
 * The kernel sets them before init runs, and refuses the module when a value does not fit its
 * type. The last argument of module_param() is the mode of a file through which the value can be
 * seen later, in octal as for any file; 0 is for no file at all.
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

/* What a variable holds here is its default. */
static int count = 1;
module_param(count, int, 0444);
MODULE_PARM_DESC(count, "How often to say it");

/* y, n, 1, 0; or only the name, which means yes. */
static bool loud;
module_param(loud, bool, 0444);
MODULE_PARM_DESC(loud, "Whether to shout");

/* A string. The kernel keeps a copy of what was typed. */
static char *whom = "world";
module_param(whom, charp, 0444);
MODULE_PARM_DESC(whom, "Whom to greet");

/* Up to four numbers with commas between them; the kernel puts into lucky_count how many. */
static int lucky[4];
static unsigned int lucky_count;
module_param_array(lucky, int, &lucky_count, 0444);
MODULE_PARM_DESC(lucky, "Up to four lucky numbers");

static int __init params_init(void)
{
	for (int i = 0; i < count; i++)
		pr_info("params: hello %s%s\n", whom, loud ? "!" : "");
	for (unsigned int i = 0; i < lucky_count; i++)
		pr_info("params: lucky number %u is %d\n", i + 1, lucky[i]);
	return 0;
}

static void __exit params_exit(void)
{
	pr_info("params: said it %d times\n", count);
}

module_init(params_init);
module_exit(params_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("Parameters of four types");
MODULE_VERSION("1.0");
