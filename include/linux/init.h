/* SPDX-License-Identifier: MIT */
/*
 * init.h: code and data that are needed once, and the functions that run at boot.
 *
 * In a module, what is marked __init is given back after the module's init function returned.
 * In the kernel, initcalls run in the order of their level, and within a level in link order.
 */
#ifndef _LINUX_INIT_H
#define _LINUX_INIT_H

#include <linux/compiler.h>

#define __init	    __section(".init.text") __cold
#define __initdata  __section(".init.data")
#define __initconst __section(".init.rodata")
#define __exit	    __section(".exit.text") __used __cold
#define __exitdata  __section(".exit.data")

/* Stays, and refers to what does not, on purpose: modpost asks nothing. */
#define __ref	  __section(".ref.text") noinline
#define __refdata __section(".ref.data")

/* Read-only once the init function has returned. */
#define __ro_after_init __section(".data..ro_after_init")

typedef int (*initcall_t)(void);
typedef void (*exitcall_t)(void);

#ifndef MODULE
/* @level is "early" or 0 to 7; linker.ld gathers the sections in that order. */
#define __define_initcall(fn, level)                                                               \
	static initcall_t __PASTE(__initcall_, fn)                                                 \
	__used __section(".initcall" level ".init") = fn

#define early_initcall(fn)    __define_initcall(fn, "early")
#define pure_initcall(fn)     __define_initcall(fn, "0")
#define core_initcall(fn)     __define_initcall(fn, "1")
#define postcore_initcall(fn) __define_initcall(fn, "2")
#define arch_initcall(fn)     __define_initcall(fn, "3")
#define subsys_initcall(fn)   __define_initcall(fn, "4")
#define fs_initcall(fn)	      __define_initcall(fn, "5")
#define device_initcall(fn)   __define_initcall(fn, "6")
#define late_initcall(fn)     __define_initcall(fn, "7")
#define __initcall(fn)	      device_initcall(fn)
#else
#define early_initcall(fn)    module_init(fn)
#define pure_initcall(fn)     module_init(fn)
#define core_initcall(fn)     module_init(fn)
#define postcore_initcall(fn) module_init(fn)
#define arch_initcall(fn)     module_init(fn)
#define subsys_initcall(fn)   module_init(fn)
#define fs_initcall(fn)	      module_init(fn)
#define device_initcall(fn)   module_init(fn)
#define late_initcall(fn)     module_init(fn)
#endif

#endif
