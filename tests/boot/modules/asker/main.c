/* SPDX-License-Identifier: MIT */
/*
 * main.c: asks the kernel for what drivers ask for, mostly for what must be refused, and says what
 * it got. What it was given it keeps until it is removed; `what` says which questions to ask.
 */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>

#include "ask.h"

static char *what = "";
module_param(what, charp, 0);

static const struct {
	const char *name;
	void (*ask)(void), (*end)(void);
} subjects[] = {
	{"interrupts", ask_interrupts, end_interrupts}, {"counting", count_interrupts, NULL},
	{"regions", ask_regions, end_regions},		{"memory", ask_memory, NULL},
	{"commands", ask_commands, end_commands},	{"proc", ask_proc, end_proc},
	{"console", ask_console, end_console},		{"input", ask_input, NULL},
};

static int __init asker_init(void)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(subjects); i++)
		if (strstr(what, subjects[i].name))
			subjects[i].ask();
	return 0;
}

static void __exit asker_exit(void)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(subjects); i++)
		if (strstr(what, subjects[i].name) && subjects[i].end)
			subjects[i].end();
}

module_init(asker_init);
module_exit(asker_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Asks for what drivers ask for");
