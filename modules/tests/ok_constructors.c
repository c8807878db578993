/* SPDX-License-Identifier: MIT */
/* ok_constructors.c: functions that run before init, those with a priority first, in its order. */
/* expect: loads; log "ok_constructors: 1 2 3" */
#include <linux/module.h>

static int order[3], next;

static __attribute__((constructor)) void third(void)
{
	order[next++] = 3;
}

static __attribute__((constructor(300))) void second(void)
{
	order[next++] = 2;
}

static __attribute__((constructor(200))) void first(void)
{
	order[next++] = 1;
}

static int __init ok_constructors_init(void)
{
	pr_info("ok_constructors: %d %d %d\n", order[0], order[1], order[2]);
	return next == 3 ? 0 : -EINVAL;
}

static void __exit ok_constructors_exit(void)
{
}

module_init(ok_constructors_init);
module_exit(ok_constructors_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Has constructors");
