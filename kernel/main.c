/* SPDX-License-Identifier: MIT */
/*
 * main.c: the boot order. Each line says what exists from then on; moving one up means that
 * something it needs is not there yet.
 */
#include "cpu/cpu.h"
#include "dev/dev.h"
#include "fs/fs.h"
#include "log/log.h"
#include "mm/mm.h"
#include "modprobe/modprobe.h"
#include "module/modules.h"
#include "sched/sched.h"
#include "sym/sym.h"
#include "shell/shell.h"

#include <linux/kernel.h>
#include <generated/utsrelease.h>

void kernel_main(u32 magic, u32 info);

/* One bad archive costs its files, not the boot. */
static void unpack_initrds(void)
{
	for (unsigned int i = 0; i < boot_info.initrd_count; i++) {
		struct boot_range range = boot_info.initrd[i];
		int err = initrd_unpack(phys_to_virt(range.start), range.end - range.start);

		if (err)
			pr_err("initrd: archive %u is incomplete (error %d)\n", i, err);
	}
}

/* Called by boot/long_mode.asm, once, with what GRUB passed. */
void kernel_main(u32 magic, u32 info)
{
	timer_start_clock();	      /* time 0 */
	sym_init();		      /* %pS prints names */
	serial_init();		      /* output on the console */
	segments_init();	      /* a stack for double faults */
	traps_init();		      /* exceptions reach C */
	trap_set_fallback(oops_trap); /* and are told in words */
	boot_info_read(magic, info);  /* command line, memory map, initrd */
	log_init(boot_info.cmdline);  /* loglevel= */
	pr_info("Koan version " UTS_RELEASE " " UTS_VERSION "\n");
	mm_init();	       /* frames, final page tables, kmalloc() */
	pic_init();	       /* interrupt lines, all masked */
	timer_init();	       /* ticks and time stamps */
	serial_enable_input(); /* bytes typed from now on are kept */
	irq_enable();
	sched_init();	  /* from here on an oops kills only who caused it */
	fs_init();	  /* the root directory */
	proc_init();	  /* /proc */
	unpack_initrds(); /* /root, /etc, /lib/modules */
	modules_init();	  /* insmod works */
	run_initcalls();  /* what is built in */
	mm_free_init();	  /* what only the boot needed is free memory now */
	autoload();	  /* drivers */
	shell_run();	  /* the prompt */
}
