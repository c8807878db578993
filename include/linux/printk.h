/* SPDX-License-Identifier: MIT */
/*
 * printk.h: the kernel log. A message goes into the log ring (`dmesg`), and, when its level is
 * below the console's, onto the console.
 */
#ifndef _LINUX_PRINTK_H
#define _LINUX_PRINTK_H

#include <linux/compiler.h>
#include <linux/kern_levels.h>
#include <linux/stdarg.h>

/*
 * Logs one message, callable from anywhere, interrupts included. @fmt may begin with a KERN_
 * level and should end with a newline. Returns the number of characters of the message.
 */
__printf(1, 2) int printk(const char *fmt, ...);
__printf(1, 0) int vprintk(const char *fmt, va_list args);
#define _printk printk

/* A source may define pr_fmt before any include, to put a prefix before each message. */
#ifndef pr_fmt
#define pr_fmt(fmt) fmt
#endif

#define pr_emerg(fmt, ...)  printk(KERN_EMERG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_alert(fmt, ...)  printk(KERN_ALERT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_crit(fmt, ...)   printk(KERN_CRIT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_err(fmt, ...)    printk(KERN_ERR pr_fmt(fmt), ##__VA_ARGS__)
#define pr_warn(fmt, ...)   printk(KERN_WARNING pr_fmt(fmt), ##__VA_ARGS__)
#define pr_notice(fmt, ...) printk(KERN_NOTICE pr_fmt(fmt), ##__VA_ARGS__)
#define pr_info(fmt, ...)   printk(KERN_INFO pr_fmt(fmt), ##__VA_ARGS__)
#define pr_cont(fmt, ...)   printk(KERN_CONT fmt, ##__VA_ARGS__)

/* Checked by the compiler always, compiled in only with -DDEBUG, as in Linux. */
#ifdef DEBUG
#define pr_debug(fmt, ...) printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)
#else
#define pr_debug(fmt, ...)                                                                         \
	do {                                                                                       \
		if (0)                                                                             \
			printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__);                             \
	} while (0)
#endif

#define printk_once(fmt, ...)                                                                      \
	do {                                                                                       \
		static _Bool __printed;                                                            \
		if (!__printed) {                                                                  \
			__printed = 1;                                                             \
			printk(fmt, ##__VA_ARGS__);                                                \
		}                                                                                  \
	} while (0)
#define pr_warn_once(fmt, ...) printk_once(KERN_WARNING pr_fmt(fmt), ##__VA_ARGS__)
#define pr_info_once(fmt, ...) printk_once(KERN_INFO pr_fmt(fmt), ##__VA_ARGS__)

/* Prints the calls that led here. */
void dump_stack(void);

#endif
