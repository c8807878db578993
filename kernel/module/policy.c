/* SPDX-License-Identifier: MIT */
/*
 * policy.c: may modules be loaded at all, and may this one? Only root may, if these three switches of
 * Linux's let anybody:
 *
 *   module_blacklist=a,b                on the kernel command line: these never
 *   nomodule                            on the kernel command line: none at all
 *   /proc/sys/kernel/modules_disabled   1: from now on none comes and none goes, until the next boot
 */
#include "module/load.h"
#include "module/policy.h"
#include "module/registry.h"

#include <linux/capability.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "fs/fs.h"
#include "lib/lib.h"
#include "mm/mm.h"

static char blacklist[sizeof(boot_info.cmdline)]; /* so no list is too long for it */
static bool modules_disabled;

int policy_check(void)
{
	if (!capable(CAP_SYS_MODULE))
		return -EPERM;
	if (!modules_disabled)
		return 0;
	pr_notice("modules can neither come nor go any more (nomodule, or "
		  "/proc/sys/kernel/modules_disabled)\n");
	return -EPERM;
}

int policy_check_name(struct load *ld)
{
	char name[MODULE_NAME_LEN];
	const char *at = blacklist;
	size_t len;

	load_step(ld, STEP_POLICY);
	while (*at) {
		len = strcspn(at, ",");
		if (len < sizeof(name)) {
			memcpy(name, at, len);
			name[len] = '\0';
			if (same_name(name, ld->name))
				return load_fail_unnamed(ld, EPERM, "Module %s is blacklisted",
							 ld->name);
		}
		at += len + (at[len] == ',');
	}
	load_tell(ld, "%s%s", *blacklist ? "not in module_blacklist=" : "nobody is blacklisted",
		  blacklist);
	return 0;
}

static unsigned long get_modules_disabled(void)
{
	return modules_disabled;
}

/* There is no way back: otherwise whoever could load modules could do so again. */
static int set_modules_disabled(unsigned long value)
{
	if (value != 1)
		return -EINVAL;
	modules_disabled = true;
	return 0;
}

static const struct sysctl modules_disabled_ctl = {
	.name = "modules_disabled",
	.get = get_modules_disabled,
	.set = set_modules_disabled,
};

void policy_init(const char *cmdline)
{
	char value[8];

	if (cmdline_get(cmdline, "module_blacklist", blacklist, sizeof(blacklist)) < 0)
		*blacklist = '\0';
	modules_disabled = cmdline_get(cmdline, "nomodule", value, sizeof(value)) >= 0 &&
			   strcmp(value, "0") != 0;
	sysctl_add(&modules_disabled_ctl);
}
