/* SPDX-License-Identifier: MIT */
/* ok_init_params.c: a parameter that nobody sees may be for init only; others have only one of the
 * kernel's two functions. */
/* expect: loads; args "once=7 few=1,2 both=3"; log "ok_init_params: 7 1 2 3 4" */
#include <linux/module.h>
#include <linux/moduleparam.h>

static int once __initdata;
module_param(once, int, 0);

static int few[2];
module_param_array(few, int, NULL, 0);

static int both;
module_param_call(both, param_set_int, NULL, &both, 0200);

/* Cannot be set, so it need not be writable. */
static const int four = 4;
static const struct kernel_param_ops show_ops = {.get = param_get_int};
module_param_cb(four, &show_ops, (void *)&four, 0444);

static int __init ok_init_params_init(void)
{
	pr_info("ok_init_params: %d %d %d %d %d\n", once, few[0], few[1], both, four);
	return 0;
}

static void __exit ok_init_params_exit(void)
{
}

module_init(ok_init_params_init);
module_exit(ok_init_params_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Has parameters for init only");
