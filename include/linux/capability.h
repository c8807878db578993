/* SPDX-License-Identifier: MIT */
/*
 * capability.h: what a user may do. Koan has two users: root may do everything, student nothing of
 * this. The numbers are those of capabilities(7).
 */
#ifndef _LINUX_CAPABILITY_H
#define _LINUX_CAPABILITY_H

#include <linux/types.h>

#define CAP_DAC_OVERRIDE 1  /* pass by the modes of files */
#define CAP_NET_ADMIN	 12 /* set up networks */
#define CAP_SYS_MODULE	 16 /* load and unload modules */
#define CAP_SYS_RAWIO	 17 /* ports and memory of devices */
#define CAP_SYS_ADMIN	 21 /* what has no capability of its own */
#define CAP_SYS_BOOT	 22 /* end the machine */
#define CAP_SYS_TIME	 25 /* set the clock */
#define CAP_SYSLOG	 34 /* clear the log; see addresses of the kernel */

/* Whether the user on whose behalf this code runs has capability @cap. */
bool capable(int cap);

#endif
