/* SPDX-License-Identifier: MIT */
/* proc.h: what the files of /proc that this folder makes are made with. */
#ifndef KOAN_FS_PROC_H
#define KOAN_FS_PROC_H

#include <linux/seq_file.h>

/* --- proc_sys.c --- */

void proc_sys_init(void);

/* --- proc_devices.c --- */

int proc_interrupts_show(struct seq_file *m);
int proc_ioports_show(struct seq_file *m);
int proc_iomem_show(struct seq_file *m);

#endif
