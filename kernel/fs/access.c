/* SPDX-License-Identifier: MIT */
/*
 * access.c: who may do what with a file. Every file and every directory belongs to root and to
 * root's group, so for anybody else the mode's last three bits decide.
 *
 * For root the mode is no obstacle, as on Linux; what nobody can do (write to a file that has no
 * store function, add to /proc) is refused elsewhere.
 */
#include "fs/fs.h"

#include <linux/capability.h>

bool fs_allowed(const struct node *node, umode_t what)
{
	return capable(CAP_DAC_OVERRIDE) || (node->mode & what) == what;
}
