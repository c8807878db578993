/* SPDX-License-Identifier: MIT */
/* ask.h: how a question is asked, and the questions by subject. */
#ifndef ASK_H
#define ASK_H

#include <linux/printk.h>

#define SAY(fmt, ...) pr_info("asker: " fmt "\n", ##__VA_ARGS__)
/* A question that a number answers, and one that yes or no does. */
#define ASK(question) SAY("%s: %d", #question, (int)(question))
#define HAS(question) SAY("%s: %s", #question, (question) ? "yes" : "no")

/* --- hardware.c --- */

void ask_interrupts(void);
void count_interrupts(void);
void end_interrupts(void);
void ask_regions(void);
void end_regions(void);
void ask_memory(void);

/* --- registrations.c --- */

void ask_commands(void);
void end_commands(void);
void ask_proc(void);
void end_proc(void);
void ask_console(void);
void end_console(void);
void ask_input(void);

#endif
