/* SPDX-License-Identifier: MIT */
/* ok_deaf.c: functions that leave interrupts off: this is told and mended, and nothing else happens. */
/* expect: loads; log "initcall ok_deaf_init+0x0/0x"; log " [ok_deaf] returned with disabled interrupts"; exit-log "ok_deaf: exit returned with disabled interrupts" */
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/module.h>

static int __init ok_deaf_init(void)
{
	local_irq_disable();
	return 0;
}

static void __exit ok_deaf_exit(void)
{
	local_irq_disable();
}

module_init(ok_deaf_init);
module_exit(ok_deaf_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Switches interrupts off for good");
