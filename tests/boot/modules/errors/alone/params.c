/* SPDX-License-Identifier: MIT */
/* params.c: four parameters, one of which may be written; and tags of many kinds. */
#include <linux/init.h>
#include <linux/module.h>

static int num = 1;
module_param(num, int, 0644);
MODULE_PARM_DESC(num, "A number");

static bool flag;
module_param(flag, bool, 0444);
MODULE_PARM_DESC(flag, "A flag");

static char *who = "world";
module_param(who, charp, 0444);
MODULE_PARM_DESC(who, "Whom to greet");

static int arr[4];
static int narr;
module_param_array(arr, int, &narr, 0444);
MODULE_PARM_DESC(arr, "Up to four");

static int __init params_init(void)
{
	pr_info("params: num=%d flag=%d who=%s narr=%d arr=%d,%d,%d,%d\n", num, flag, who, narr,
		arr[0], arr[1], arr[2], arr[3]);
	return 0;
}

static void __exit params_exit(void)
{
	pr_info("params: num=%d\n", num);
}

module_init(params_init);
module_exit(params_exit);
MODULE_LICENSE("GPL");
MODULE_AUTHOR("A. Author");
MODULE_DESCRIPTION("Parameters");
MODULE_VERSION("1.2");
MODULE_ALIAS("greeter");
