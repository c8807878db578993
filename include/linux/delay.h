/* SPDX-License-Identifier: MIT */
/* delay.h: waiting for a while, without doing anything else. */
#ifndef _LINUX_DELAY_H
#define _LINUX_DELAY_H

#include <linux/compiler.h>

/* At least so long, by the processor's time-stamp counter; works with interrupts off. */
void ndelay(unsigned long ns);
void udelay(unsigned long us);
void mdelay(unsigned long ms);
/* With the processor halted meanwhile; interrupts must be on. */
void msleep(unsigned int ms);

#endif
