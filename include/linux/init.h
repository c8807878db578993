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
/*
 * @level is "early", 0 to 7, or "rootfs", which is between 5 and 6; what has to come after all of a
 * level, but before the next, is in that level with an "s". linker.ld knows the order.
 */
#define __define_initcall(fn, level)                                                               \
	static initcall_t __PASTE(__initcall_, fn)                                                 \
	__used __section(".initcall" level ".init") = fn

#define early_initcall(fn)	   __define_initcall(fn, "early")
#define pure_initcall(fn)	   __define_initcall(fn, "0")
#define core_initcall(fn)	   __define_initcall(fn, "1")
#define core_initcall_sync(fn)	   __define_initcall(fn, "1s")
#define postcore_initcall(fn)	   __define_initcall(fn, "2")
#define postcore_initcall_sync(fn) __define_initcall(fn, "2s")
#define arch_initcall(fn)	   __define_initcall(fn, "3")
#define arch_initcall_sync(fn)	   __define_initcall(fn, "3s")
#define subsys_initcall(fn)	   __define_initcall(fn, "4")
#define subsys_initcall_sync(fn)   __define_initcall(fn, "4s")
#define fs_initcall(fn)		   __define_initcall(fn, "5")
#define fs_initcall_sync(fn)	   __define_initcall(fn, "5s")
#define rootfs_initcall(fn)	   __define_initcall(fn, "rootfs")
#define device_initcall(fn)	   __define_initcall(fn, "6")
#define device_initcall_sync(fn)   __define_initcall(fn, "6s")
#define late_initcall(fn)	   __define_initcall(fn, "7")
#define late_initcall_sync(fn)	   __define_initcall(fn, "7s")
#define __initcall(fn)		   device_initcall(fn)
#else
/* A module is initialized once, when it is loaded; there is nothing to come before or after. */
#define early_initcall(fn)	   module_init(fn)
#define pure_initcall(fn)	   module_init(fn)
#define core_initcall(fn)	   module_init(fn)
#define core_initcall_sync(fn)	   module_init(fn)
#define postcore_initcall(fn)	   module_init(fn)
#define postcore_initcall_sync(fn) module_init(fn)
#define arch_initcall(fn)	   module_init(fn)
#define arch_initcall_sync(fn)	   module_init(fn)
#define subsys_initcall(fn)	   module_init(fn)
#define subsys_initcall_sync(fn)   module_init(fn)
#define fs_initcall(fn)		   module_init(fn)
#define fs_initcall_sync(fn)	   module_init(fn)
#define rootfs_initcall(fn)	   module_init(fn)
#define device_initcall(fn)	   module_init(fn)
#define device_initcall_sync(fn)   module_init(fn)
#define late_initcall(fn)	   module_init(fn)
#define late_initcall_sync(fn)	   module_init(fn)
#endif

#endif
