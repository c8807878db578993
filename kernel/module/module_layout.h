/* SPDX-License-Identifier: MIT */
/*
 * module_layout.h: one export whose version is that of everything that the loader and every module
 * share. It includes no other header of the loader on purpose: what that keeps to itself may change
 * without any module being refused.
 */
#ifndef KOAN_MODULE_LAYOUT_H
#define KOAN_MODULE_LAYOUT_H

#include <linux/module.h>

/* Never called: only its type matters (version.c). */
void module_layout(struct module *mod, struct modversion_info *version, struct kernel_param *param,
		   struct kernel_symbol *symbol);

#endif
