/* SPDX-License-Identifier: MIT */
/* levels.c: part of the kernel, with an initcall of each level, written down in no order at all. */
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/module.h>

#define SAY(level)                                                                                 \
	static int __init say_##level(void)                                                        \
	{                                                                                          \
		pr_info("levels: %s\n", #level);                                                   \
		return 0;                                                                          \
	}                                                                                          \
	level##_initcall(say_##level)
#define SAY_SYNC(level)                                                                            \
	static int __init say_##level##_sync(void)                                                 \
	{                                                                                          \
		pr_info("levels: %s sync\n", #level);                                              \
		return 0;                                                                          \
	}                                                                                          \
	level##_initcall_sync(say_##level##_sync)

SAY_SYNC(late);
SAY(subsys);
SAY_SYNC(fs);
SAY(rootfs);
SAY_SYNC(device);
SAY(late);
SAY_SYNC(core);
SAY(fs);
SAY_SYNC(postcore);
SAY(early);
SAY(arch);
SAY_SYNC(subsys);
SAY(postcore);
SAY(pure);
SAY_SYNC(arch);
SAY(core);

/* What goes wrong here stops nobody. */
static int __init fail_init(void)
{
	return -ENODEV;
}
device_initcall(fail_init);

static int __init deaf_init(void)
{
	local_irq_disable();
	return 0;
}
late_initcall(deaf_init);

/* Loaded modules use what is exported here, as they use the kernel. */
int levels_answer(void);

int levels_answer(void)
{
	return ANSWER;
}
EXPORT_SYMBOL_GPL(levels_answer);

#ifdef MODULE
#error "this is a part of the kernel"
#endif
_Static_assert(THIS_MODULE == (void *)0, "a part of the kernel has no struct module");

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("An initcall of each level");
MODULE_ALIAS("steps");
