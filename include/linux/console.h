/* SPDX-License-Identifier: MIT */
/*
 * console.h: places where people read: log lines, and what commands print. The serial line always
 * is one; a driver may add others. (Typing: koan/console.h.)
 */
#ifndef _LINUX_CONSOLE_H
#define _LINUX_CONSOLE_H

#include <linux/types.h>
#include <linux/export.h>

struct module;

#define CON_PRINTBUFFER (1 << 0) /* begin with what is in the log already */

struct console {
	char name[16];
	/*
	 * Writes @count bytes; lines end with "\n" alone. Called with interrupts off, perhaps from a
	 * panic: it must not wait for anybody, and must not print.
	 */
	void (*write)(struct console *con, const char *s, unsigned int count);
	short flags;
	void *data; /* the driver's */
	struct console *next;
	struct module *owner;
};

/* @con stays the caller's, and registered until it is unregistered. */
void register_console(struct console *con, struct module *owner);
#define register_console(con) register_console(con, THIS_MODULE)
/* 0, or -ENODEV when it was not registered. */
int unregister_console(struct console *con);

#endif
