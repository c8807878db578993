/* SPDX-License-Identifier: MIT */
/* builtin_modules.h: the modules that are part of the kernel, as /lib/modules/RELEASE lists them. */
#ifndef KOAN_SHELL_BUILTIN_MODULES_H
#define KOAN_SHELL_BUILTIN_MODULES_H

#include "fs/fs.h"

/* Is there one of that name? As everywhere, `-` and `_` are the same. */
bool module_is_builtin(const char *name);
/* The tags of all. What is told of them lies in @list; a file_close() is owed. */
__must_check int builtin_modinfo_open(struct file_view *list);
/* As modinfo_each() of module/modules.h, for the built-in module @name. */
int builtin_modinfo_each(const struct file_view *list, const char *name,
			 int (*fn)(const char *tag, size_t tag_len, const char *value, void *data),
			 void *data);

#endif
