/* SPDX-License-Identifier: MIT */
/* providers.h: which module that is not loaded has a symbol. */
#ifndef KOAN_PROVIDERS_H
#define KOAN_PROVIDERS_H

#include <linux/module.h>
#include "fs/fs.h"

struct provider {
	char path[FS_PATH_MAX];
	char module[MODULE_NAME_LEN];
	bool by_name; /* modprobe finds it */
};

bool provider_find(const char *symbol, struct provider *found);

#endif
