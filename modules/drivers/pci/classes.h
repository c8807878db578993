/* SPDX-License-Identifier: MIT */
/* classes.h: what kinds of devices there are on a PCI bus. Pure. */
#ifndef PCI_CLASSES_H
#define PCI_CLASSES_H

#include <linux/types.h>

/*
 * "ISA bridge" for 0x0601: base class and sub-class, as in the configuration space. A sub-class
 * without a name gets its base class's; NULL when that has none either.
 */
const char *pci_class_name(u16 class_code);

#endif
