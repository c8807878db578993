/* SPDX-License-Identifier: MIT */
/* module_layout.c: the first thing that the loader compares; if it differs, nothing can be trusted. */
#include "module/module_layout.h"

void module_layout(struct module *mod __maybe_unused,
		   struct modversion_info *version __maybe_unused,
		   struct kernel_param *param __maybe_unused,
		   struct kernel_symbol *symbol __maybe_unused)
{
}
EXPORT_SYMBOL(module_layout);
