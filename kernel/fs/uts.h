/* SPDX-License-Identifier: MIT */
/* uts.h: what Koan calls itself: `uname` and /proc/version. The numbers come from the build. */
#ifndef KOAN_UTS_H
#define KOAN_UTS_H

#include <generated/utsrelease.h>

#define UTS_SYSNAME  "Koan"
#define UTS_NODENAME CONFIG_DEFAULT_HOSTNAME
#define UTS_MACHINE  "x86_64"

#endif
