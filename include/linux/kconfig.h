/* SPDX-License-Identifier: MIT */
/*
 * kconfig.h: the configuration, in every source: the compiler is told to begin with this file.
 *
 *   #ifdef CONFIG_X            for declarations
 *   if (IS_ENABLED(CONFIG_X))  for code: both ways are compiled, and one is dropped
 */
#ifndef _LINUX_KCONFIG_H
#define _LINUX_KCONFIG_H

#include <generated/autoconf.h>

/*
 * 1 when @option is a macro whose value is 1, else 0, also where it is not defined at all. Pasted
 * to its value, the word below is either a macro that brings a comma, which moves the 1 to the
 * second place, or nothing that means anything.
 */
#define __CONFIG_IS_1		      0,
#define __config_is_set(option)	      __config_is_value(option)
#define __config_is_value(value)      __config_second(__CONFIG_IS_##value 1, 0)
#define __config_second(...)	      __config_second_of(__VA_ARGS__, )
#define __config_second_of(a, b, ...) b

/* Linked into the kernel; a module; either; either, and this code can call it. */
#define IS_BUILTIN(option) __config_is_set(option)
#define IS_MODULE(option)  __config_is_set(option##_MODULE)
#define IS_ENABLED(option) (IS_BUILTIN(option) || IS_MODULE(option))
#ifdef MODULE
#define IS_REACHABLE(option) IS_ENABLED(option)
#else
#define IS_REACHABLE(option) IS_BUILTIN(option)
#endif

#endif
