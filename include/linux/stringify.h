/* SPDX-License-Identifier: MIT */
/* stringify.h: __stringify() lives in compiler.h; this is the name module sources include. */
#ifndef _LINUX_STRINGIFY_H
#define _LINUX_STRINGIFY_H

#include <linux/compiler.h>

#endif
