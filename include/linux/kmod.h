/* SPDX-License-Identifier: MIT */
/* kmod.h: asking for a module by its name, or by an alias, from code. */
#ifndef _LINUX_KMOD_H
#define _LINUX_KMOD_H

#include <linux/types.h>
#include <linux/compiler.h>

/*
 * Loads what `modprobe -q NAME` would load; NAME is a format with its arguments. 0 when it is there
 * now, whether or not it was before; 256 when it could not be loaded (the log says why);
 * -ENAMETOOLONG; -ENOMEM; -ETIME when too many of these wait for each other.
 *
 * A module may ask while its own init runs, but what it asks for cannot use its exports yet.
 */
__printf(2, 3) int __request_module(bool wait, const char *fmt, ...);
#define request_module(mod...) __request_module(true, mod)
/* Only notes the request, and returns 0: it is done when the command that is running has ended. */
#define request_module_nowait(mod...) __request_module(false, mod)

/* The value of @x; when that is 0, a module is asked for, and the value is @x's after that. */
#define try_then_request_module(x, mod...) ((x) ?: (__request_module(true, mod), (x)))

#endif
