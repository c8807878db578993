/* SPDX-License-Identifier: MIT */
/* module_names.c: names of modules, as kmod's tools write and list them. */
#include "shell/module_names.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "lib/lib.h"
#include "module/modules.h"

#define NAMES_FIRST_ROOM 8

static int add_user(struct module *user, void *data)
{
	struct module_names *names = data;
	const char **more;

	if (names->count == names->room) {
		names->room = max(names->room * 2, (unsigned int)NAMES_FIRST_ROOM);
		more = krealloc(names->names, names->room * sizeof(*more), GFP_KERNEL);
		if (!more)
			return -ENOMEM;
		names->names = more;
	}
	names->names[names->count++] = user->name;
	return 0;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int module_users(struct module *mod, struct module_names *users)
{
	int err = module_each_user(mod, add_user, users);

	if (!err && users->count)
		sort(users->names, users->count, sizeof(*users->names), compare_names, NULL);
	return err;
}

void module_names_free(struct module_names *names)
{
	kfree(names->names);
	names->names = NULL;
}

void module_name_from(const char *path, char *name, size_t size)
{
	const char *base = strrchr(path, '/');
	char *c;

	strscpy(name, base ? base + 1 : path, size);
	for (c = name; *c && *c != '.'; c++)
		if (*c == '-')
			*c = '_';
	*c = '\0';
}
