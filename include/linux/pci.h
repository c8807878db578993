/* SPDX-License-Identifier: MIT */
/*
 * pci.h: entries for a table of PCI devices (struct pci_device_id). It takes part in finding a
 * module by its device; there is nothing for a driver to register with.
 */
#ifndef _LINUX_PCI_H
#define _LINUX_PCI_H

#include <linux/mod_devicetable.h>

/* One device, in whatever card: { PCI_DEVICE(0x8086, 0x100e) }. */
#define PCI_DEVICE(vend, dev) PCI_DEVICE_SUB(vend, dev, PCI_ANY_ID, PCI_ANY_ID)
/* One card. */
#define PCI_DEVICE_SUB(vend, dev, subvend, subdev)                                                 \
	.vendor = (u32)(vend), .device = (u32)(dev), .subvendor = (u32)(subvend),                  \
	.subdevice = (u32)(subdev)
/* All of a class: { PCI_DEVICE_CLASS(0x030000, 0xffff00) } is every VGA controller. */
#define PCI_DEVICE_CLASS(dev_class, dev_class_mask)                                                \
	.class = (dev_class), .class_mask = (dev_class_mask), .vendor = (u32)PCI_ANY_ID,           \
	.device = (u32)PCI_ANY_ID, .subvendor = (u32)PCI_ANY_ID, .subdevice = (u32)PCI_ANY_ID

#endif
