/* SPDX-License-Identifier: MIT */
/*
 * crash.c: breaks the machine in the way that `what` names; tests/boot/test_faults.py says what
 * the kernel must tell about each.
 *
 *   insmod crash.ko what=read address=8    read, write: a byte there; call: a function there
 *   insmod crash.ko what=deaf address=8    read, with interrupts off
 *   insmod crash.ko what=divide            and the others in the table below
 *   insmod crash.ko what=stale             nothing until rmmod, which calls code of .init.text
 */
#include <linux/bug.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

#define RET 0xc3 /* the instruction: code as data */

static char *what = "none";
module_param(what, charp, 0444);
MODULE_PARM_DESC(what, "How to crash");

static unsigned long address;
module_param(address, ulong, 0444);
MODULE_PARM_DESC(address, "Where to read, write or call");

static unsigned char code[16] = {RET};
static const char constant[] = "a constant";
static int settled __ro_after_init = 1;

/* Through memory, so that no compiler sees what is going to happen. */
static void write_to(const volatile void *p)
{
	WRITE_ONCE(*(volatile char *)(unsigned long)p, 1);
}

static void call_at(const void *p)
{
	((void (*)(void))p)();
}

static void crash_read(void)
{
	(void)READ_ONCE(*(volatile char *)address);
}

static void crash_deaf(void)
{
	local_irq_disable();
	crash_read();
}

static void crash_write(void)
{
	write_to((void *)address);
}

static void crash_call(void)
{
	call_at((void *)address);
}

static void crash_text(void)
{
	write_to((void *)crash_text);
}

static void crash_rodata(void)
{
	write_to(constant);
}

static void crash_data(void)
{
	call_at(code);
}

static void crash_stack(void)
{
	volatile unsigned char on_stack[16] = {RET};

	call_at((void *)on_stack);
}

static void crash_heap(void)
{
	unsigned char *p = kmalloc(16, GFP_KERNEL);

	p[0] = RET;
	call_at(p);
}

static void crash_divide(void)
{
	int zero = 0;

	__asm__ volatile("idivl %0" ::"r"(zero), "a"(1), "d"(0));
}

static void crash_opcode(void)
{
	__asm__ volatile("ud2");
}

static void crash_breakpoint(void)
{
	__asm__ volatile("int3");
}

/* An address whose upper bits are no extension of its bit 47: SDM 1, 3.3.7.1. */
static void crash_protection(void)
{
	__asm__ volatile("movb (%0), %%al" ::"r"(0x8000000000000000UL) : "rax");
}

/* Frames so large that a trace reaches the first call, and smaller than the page they must hit. */
static noinline int deeper(unsigned int n)
{
	volatile char frame[3000];

	frame[n % sizeof(frame)] = (char)n;
	/* Never true, but no compiler knows. */
	if (n == READ_ONCE(address) - 1)
		return 0;
	return deeper(n + 1) + frame[0];
}

static void crash_overflow(void)
{
	deeper(0);
}

static void crash_panic(void)
{
	panic("crash: panic was asked for");
}

static void crash_bug(void)
{
	BUG_ON(address == 0);
}

static void crash_hang(void)
{
	printk(KERN_INFO "crash: hang\n");
	for (;;)
		__asm__ volatile("hlt");
}

static noinline int __init init_code(void)
{
	settled++;
	return settled;
}

/* Kept for exit, which must not find what it points at. */
static int (*stale)(void);

static void __ref crash_stale(void)
{
	stale = init_code;
	printk(KERN_INFO "crash: init code gives %d\n", stale());
}

static const struct {
	const char *name;
	void (*run)(void);
} ways[] = {
	{"read", crash_read},
	{"deaf", crash_deaf},
	{"write", crash_write},
	{"call", crash_call},
	{"text", crash_text},
	{"rodata", crash_rodata},
	{"data", crash_data},
	{"stack", crash_stack},
	{"heap", crash_heap},
	{"divide", crash_divide},
	{"opcode", crash_opcode},
	{"breakpoint", crash_breakpoint},
	{"protection", crash_protection},
	{"overflow", crash_overflow},
	{"panic", crash_panic},
	{"bug", crash_bug},
	{"hang", crash_hang},
	{"stale", crash_stale},
	{"settled", crash_stale},
};

static noinline int crash_as_told(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ways); i++) {
		if (strcmp(ways[i].name, what) == 0) {
			ways[i].run();
			return 0;
		}
	}
	printk(KERN_ERR "crash: nobody knows how to '%s'\n", what);
	return -EINVAL;
}

static int __init crash_init(void)
{
	return crash_as_told();
}

static void __exit crash_exit(void)
{
	if (strcmp(what, "settled") == 0)
		write_to(&settled);
	else if (stale)
		stale();
}

module_init(crash_init);
module_exit(crash_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Breaks the machine in many ways");
