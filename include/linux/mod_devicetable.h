/* SPDX-License-Identifier: MIT */
/*
 * mod_devicetable.h: which devices a driver is for. A driver has a table of these, ended by an
 * entry of zeros, and says MODULE_DEVICE_TABLE(pci, table); of that modpost (devicetable.c) makes
 * aliases, by which modprobe finds the module. modpost knows the layouts: they are Linux's.
 */
#ifndef _LINUX_MOD_DEVICETABLE_H
#define _LINUX_MOD_DEVICETABLE_H

#include <linux/types.h>

typedef unsigned long kernel_ulong_t;

/* For vendor, device, subvendor, subdevice: any. */
#define PCI_ANY_ID (~0)

/* pci:v0000VVVVd0000DDDDsv*sd*bcCCscSSiII */
struct pci_device_id {
	u32 vendor, device;
	u32 subvendor, subdevice;
	u32 class,
		class_mask; /* base class, sub-class, interface: a byte each, all of it or none */
	kernel_ulong_t driver_data; /* the driver's own */
	u32 override_only;
};

#define PLATFORM_NAME_SIZE     20
#define PLATFORM_MODULE_PREFIX "platform:"

/* platform:NAME */
struct platform_device_id {
	char name[PLATFORM_NAME_SIZE];
	kernel_ulong_t driver_data;
};

/* of:NnameTtypeCcompatible: a node of a device tree */
struct of_device_id {
	char name[32];
	char type[32];
	char compatible[128];
	const void *data;
};

#endif
