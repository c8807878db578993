/* SPDX-License-Identifier: MIT */
/* ok_init_memory.c: code and data that init alone needs; what it computed outlives them. */
/* expect: loads; log "ok_init_memory: sum 10"; exit-log "ok_init_memory: kept 10" */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

static int numbers[] __initdata = {1, 2, 3};
static const int more[] __initconst = {4};
static int sum;

static noinline void __init add(const int *n, unsigned int count)
{
	while (count--)
		sum += *n++;
}

static int __init ok_init_memory_init(void)
{
	add(numbers, ARRAY_SIZE(numbers));
	add(more, ARRAY_SIZE(more));
	printk(KERN_INFO "ok_init_memory: sum %d\n", sum);
	return 0;
}

static void __exit ok_init_memory_exit(void)
{
	printk(KERN_INFO "ok_init_memory: kept %d\n", sum);
}

module_init(ok_init_memory_init);
module_exit(ok_init_memory_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Memory that is given back after init");
