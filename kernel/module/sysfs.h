/* SPDX-License-Identifier: MIT */
/* sysfs.h: /sys/module: what the files that make it share. */
#ifndef KOAN_SYSFS_H
#define KOAN_SYSFS_H

#include "fs/fs.h"
#include "module/load.h"

#define SYS_MODULE "/sys/module"

/* --- sysfs.c: /sys/module/NAME --- */

/* While booting: /sys/module and what is in it from the start. */
void sysfs_init(void);
/* In a dry run: -EINVAL if the next one would not find the name free. */
__must_check int sysfs_try(struct load *ld);
/* Makes mod->priv->sysfs and all below. -EINVAL when the name is taken, -ENOMEM. */
__must_check int sysfs_add(struct load *ld);
/* All of it goes, also when there is only a part. */
void sysfs_remove(struct module *mod);

__must_check int sysfs_mkdir(struct node *dir, const char *name, struct node **out);
/* A file of text, as all in /sys: a page long, whatever is in it. */
__must_check int sysfs_file(struct node *dir, const char *name, umode_t mode,
			    const struct node_ops *ops, const void *private);
/* For `uevent` files, which programs write to when they want to hear of a device again. */
extern const struct node_ops sysfs_uevent_ops;

/* --- sysfs_params.c --- */

/* The file of a parameter; nothing when its mode says that there is none. */
__must_check int sysfs_param(struct node *dir, const char *name, const struct kernel_param *kp);
/* `parameters` below @dir, if the module has any that are to be seen. */
__must_check int sysfs_parameters(struct load *ld, struct node *dir);

/* --- sysfs_sections.c --- */

#ifdef CONFIG_KALLSYMS
/* `sections` and `notes` below @dir. */
__must_check int sysfs_sections(struct load *ld, struct node *dir);
#else
static inline __must_check int sysfs_sections(struct load *ld, struct node *dir)
{
	(void)ld;
	(void)dir;
	return 0;
}
#endif

#endif
