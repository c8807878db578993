/* SPDX-License-Identifier: MIT */
/*
 * licence.c: which MODULE_LICENSE() may use EXPORT_SYMBOL_GPL() symbols. The loader has the same
 * list; what it refuses should not have been built.
 */
#include "modpost.h"

#include <string.h>

bool licence_is_gpl_compatible(const char *licence)
{
	static const char *const compatible[] = {
		"GPL",		"GPL v2",	"GPL and additional rights",
		"Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL",
	};

	for (size_t i = 0; i < sizeof(compatible) / sizeof(compatible[0]); i++)
		if (!strcmp(licence, compatible[i]))
			return true;
	return false;
}
