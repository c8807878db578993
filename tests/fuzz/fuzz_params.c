/* SPDX-License-Identifier: MIT */
/*
 * fuzz_params.c: any text as a module's arguments. Every type of parameter is there; what a value
 * became is printed as /sys would, and what was printed must be taken again and mean the same.
 */
#include <stdarg.h>
#include <string.h>

#include "fuzz.h"
#include "module/params.h"
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include "sched/sched.h"

#define PAGE 4096

/* --- what the code under test calls, and has no part in here --- */

void *kmalloc(size_t size, gfp_t flags)
{
	(void)flags;
	return malloc(size);
}

void kfree(const void *p)
{
	free((void *)p);
}

int _printk(const char *fmt, ...)
{
	(void)fmt;
	return 0;
}

void add_taint(unsigned int bit)
{
	(void)bit;
}

void cleanup_push(struct cleanup *cleanup, void (*run)(void *), void *data)
{
	(void)cleanup;
	(void)run;
	(void)data;
}

void cleanup_pop(struct cleanup *cleanup)
{
	(void)cleanup;
}

/* --- a module's variables --- */

static struct {
	unsigned char byte;
	short s;
	unsigned short us;
	int i;
	unsigned int ui, hex;
	long l;
	unsigned long ul;
	unsigned long long ull;
	bool yes, inverse;
	int bint;
	char *text;
	char string[8];
	int array[4];
	unsigned int count;
} v;

static const struct kparam_string string = {sizeof(v.string), v.string};
static const struct kparam_array array = {4, sizeof(int), &v.count, &param_ops_int, v.array};

#define ROW(name, type, variable)                                                                  \
	{                                                                                          \
		name, NULL, &param_ops_##type, 0644, -1, 0,                                        \
		{                                                                                  \
			variable                                                                   \
		}                                                                                  \
	}

static const struct kernel_param rows[] = {
	ROW("byte", byte, &v.byte),
	ROW("short", short, &v.s),
	ROW("ushort", ushort, &v.us),
	ROW("int", int, &v.i),
	ROW("uint", uint, &v.ui),
	ROW("hex_int", hexint, &v.hex),
	ROW("long", long, &v.l),
	ROW("ulong", ulong, &v.ul),
	ROW("ullong", ullong, &v.ull),
	ROW("bool", bool, &v.yes),
	ROW("invbool", invbool, &v.inverse),
	ROW("bint", bint, &v.bint),
	ROW("charp", charp, &v.text),
	ROW("string", string, (void *)&string),
	{"array", NULL, &param_array_ops, 0644, -1, 0, {(void *)&array}},
};

#define ROWS (sizeof(rows) / sizeof(*rows))

static int unknown(const struct param_rows *params, const char *name)
{
	(void)params;
	promise(strlen(name) < 65536);
	return 0;
}

static void get(const struct kernel_param *kp, char page[PAGE])
{
	int len = kp->ops->get(page, kp);

	promise(len >= 0 && len < PAGE);
	promise(strlen(page) == (size_t)len);
}

/* Texts are printed as they are, so one that ends in a newline may come back shorter. */
static bool is_text(const struct kernel_param *kp)
{
	return kp->ops == &param_ops_charp || kp->ops == &param_ops_string;
}

static void print_and_set_again(const struct kernel_param *kp)
{
	static char first[PAGE], second[PAGE], value[PAGE];

	get(kp, first);
	if (is_text(kp) || !*first)
		return;
	promise(first[strlen(first) - 1] == '\n');
	strcpy(value, first);
	promise(kp->ops->set(value, kp) == 0);
	get(kp, second);
	promise(strcmp(first, second) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct param_rows params = {
		.doing = "fuzz", .rows = rows, .count = ROWS, .unknown = unknown};
	char *text = malloc(size + 1);
	const char *rest;

	memcpy(text, data, size);
	text[size] = '\0';
	memset(&v, 0, sizeof(v));
	promise(parse_args(&params, text, &rest) <= 0);
	promise(!rest || (rest >= text && rest <= text + size));
	promise(v.count <= 4);
	promise(memchr(v.string, '\0', sizeof(v.string)));
	for (size_t i = 0; i < ROWS; i++) {
		print_and_set_again(&rows[i]);
		if (rows[i].ops->free)
			rows[i].ops->free(rows[i].arg);
	}
	free(text);
	return 0;
}
