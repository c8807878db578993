/* SPDX-License-Identifier: MIT */
/* module_names.h: names of modules, as kmod's tools write and list them. */
#ifndef KOAN_SHELL_MODULE_NAMES_H
#define KOAN_SHELL_MODULE_NAMES_H

#include <linux/types.h>
#include <linux/compiler.h>

struct module;

struct module_names {
	const char **names; /* sorted; each belongs to its module */
	unsigned int count, room;
};

/* The modules that use @mod. -ENOMEM; module_names_free() is owed in every case. */
__must_check int module_users(struct module *mod, struct module_names *users);
void module_names_free(struct module_names *names);

/* "./my-mod.ko" becomes "my_mod": without folder and ending, `-` written as `_`. Cut to @size. */
void module_name_from(const char *path, char *name, size_t size);

#endif
