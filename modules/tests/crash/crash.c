/* SPDX-License-Identifier: MIT */
/*
 * crash.c: breaks the machine in the way that `what` names; tests/boot/test_faults.py says what
 * the kernel must tell about each. The accident happens in crash_inner(), called by crash_outer().
 *
 *   insmod crash.ko what=read address=0x8     read, write: one byte; call: a function there
 *   insmod crash.ko what=divide               and the others in the table at the end
 *   insmod crash.ko what=stale                none until rmmod, which runs init code that is gone
 */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

#define RET 0xc3 /* the instruction */

static char *what = "none";
module_param(what, charp, 0444);
MODULE_PARM_DESC(what, "How to crash");
static unsigned long address;
module_param(address, ulong, 0444);
MODULE_PARM_DESC(address, "Where to read, write or call");

static int zero;
static unsigned char data_code[16] = {RET};
static const char constant[16] = "constant";
static int __ro_after_init settled = 1;
static void (*init_code)(void);

static noinline __init void crash_in_init(void)
{
	printk(KERN_INFO "crash: init code runs\n");
}

static void crash_read(void)
{
	(void)READ_ONCE(*(volatile char *)address);
}

static void crash_write(void)
{
	WRITE_ONCE(*(volatile char *)address, 1);
}

static void crash_call(void)
{
	((void (*)(void))address)();
}

static void write_to(const volatile void *p)
{
	WRITE_ONCE(*(volatile char *)(unsigned long)p, 1);
}

static void call_at(void *p)
{
	((void (*)(void))p)();
}

static void crash_text(void)
{
	write_to((void *)crash_in_init == address ? NULL : (void *)crash_text);
}
