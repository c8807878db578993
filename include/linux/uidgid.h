/* SPDX-License-Identifier: MIT */
/* uidgid.h: users and groups, as types of their own so that nobody adds them up. */
#ifndef _LINUX_UIDGID_H
#define _LINUX_UIDGID_H

typedef struct {
	unsigned int val;
} kuid_t;

typedef struct {
	unsigned int val;
} kgid_t;

#define KUIDT_INIT(value) ((kuid_t){value})
#define KGIDT_INIT(value) ((kgid_t){value})
#define GLOBAL_ROOT_UID	  KUIDT_INIT(0)
#define GLOBAL_ROOT_GID	  KGIDT_INIT(0)

#endif
