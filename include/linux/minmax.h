/* SPDX-License-Identifier: MIT */
/* minmax.h: min(), max() and clamp() live in kernel.h; this is the name module sources include. */
#ifndef _LINUX_MINMAX_H
#define _LINUX_MINMAX_H

#include <linux/kernel.h>

#endif
