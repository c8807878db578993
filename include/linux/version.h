/* SPDX-License-Identifier: MIT */
/*
 * version.h: for sources that serve several Linux versions: the version whose names and types
 * Koan's headers follow. (Koan's own release is UTS_RELEASE.)
 */
#ifndef _LINUX_VERSION_H
#define _LINUX_VERSION_H

#define KERNEL_VERSION(a, b, c) (((a) << 16) + ((b) << 8) + ((c) > 255 ? 255 : (c)))
#define LINUX_VERSION_CODE	KERNEL_VERSION(6, 1, 0)

#endif
