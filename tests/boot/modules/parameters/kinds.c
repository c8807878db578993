/* SPDX-License-Identifier: MIT */
/* kinds.c: a parameter of each kind, in /sys with one mode or another. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

#define NUMBER(name, type)                                                                         \
	static type v_##name;                                                                      \
	module_param_named(name, v_##name, name, 0644)

NUMBER(byte, unsigned char);
NUMBER(short, short);
NUMBER(ushort, unsigned short);
NUMBER(int, int);
NUMBER(uint, unsigned int);
NUMBER(long, long);
NUMBER(ulong, unsigned long);
NUMBER(ullong, unsigned long long);
NUMBER(hexint, unsigned int);
NUMBER(bool, bool);
NUMBER(invbool, bool);
NUMBER(bint, int);

static bool once;
module_param(once, bool_enable_only, 0644);

static char *text = "unset";
module_param(text, charp, 0644);

static char room[8] = "empty";
module_param_string(room, room, sizeof(room), 0644);

static short list[3] = {7, 8, 9};
static unsigned int listed;
module_param_array(list, short, &listed, 0644);

static char *words[3];
module_param_array(words, charp, NULL, 0644);

static int hidden = 1;
module_param(hidden, int, 0);

static int blind = 1;
module_param(blind, int, 0200);

static int shown = 5;
module_param(shown, int, 0444);

static int group = 6;
module_param(group, int, 0640);

static int danger;
module_param_unsafe(danger, int, 0644);

static int port;
module_param_hw(port, int, ioport, 0444);

/* Operations of its own: only even numbers. */
static int even;

static int even_set(const char *val, const struct kernel_param *kp)
{
	int value, err = kstrtoint(val, 0, &value);

	if (err)
		return err;
	if (value % 2)
		return -EDOM;
	*(int *)kp->arg = value;
	return 0;
}

static const struct kernel_param_ops even_ops = {.set = even_set, .get = param_get_int};
module_param_cb(even, &even_ops, &even, 0644);

/* As older sources write it; without a get function. */
module_param_call(mute, even_set, NULL, &even, 0644);

/* Says that it wrote more than there is room for. */
static int boast_get(char *buffer, const struct kernel_param *kp)
{
	(void)kp;
	memset(buffer, 'x', 4095);
	return 5000;
}

static const struct kernel_param_ops boast_ops = {.get = boast_get};
module_param_cb(boast, &boast_ops, NULL, 0444);

/* Cannot be read just now. */
static int busy_get(char *buffer, const struct kernel_param *kp)
{
	(void)buffer;
	(void)kp;
	return -EBUSY;
}

static const struct kernel_param_ops busy_ops = {.get = busy_get};
module_param_cb(busy, &busy_ops, NULL, 0644);

/* Writes and reads where nothing is; alone, and as one of several. */
static int *nowhere;

static int trap_set(const char *val, const struct kernel_param *kp)
{
	(void)val;
	(void)kp;
	*(volatile int *)nowhere = 1;
	return 0;
}

static int trap_get(char *buffer, const struct kernel_param *kp)
{
	(void)buffer;
	(void)kp;
	return *(volatile int *)nowhere;
}

static int traps[2];
static const struct kernel_param_ops param_ops_trap = {.set = trap_set, .get = trap_get};
#define param_check_trap(v) param_check_int(v)
module_param_named(trap, traps[0], trap, 0644);
module_param_array(traps, trap, NULL, 0644);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A parameter of each kind");
