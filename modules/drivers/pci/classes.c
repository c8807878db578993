/* SPDX-License-Identifier: MIT */
/*
 * classes.c: names of device classes: "PCI Code and ID Assignment Specification", chapter 1, in the
 * words of lspci(8).
 */
#include "classes.h"

#include <linux/kernel.h>

static const struct {
	u16 class_code;
	const char *name;
} classes[] = {
	{0x0000, "Non-VGA unclassified device"},
	{0x0001, "VGA compatible unclassified device"},
	{0x0100, "SCSI storage controller"},
	{0x0101, "IDE interface"},
	{0x0102, "Floppy disk controller"},
	{0x0104, "RAID bus controller"},
	{0x0105, "ATA controller"},
	{0x0106, "SATA controller"},
	{0x0107, "Serial Attached SCSI controller"},
	{0x0108, "Non-Volatile memory controller"},
	{0x0180, "Mass storage controller"},
	{0x0200, "Ethernet controller"},
	{0x0280, "Network controller"},
	{0x0300, "VGA compatible controller"},
	{0x0302, "3D controller"},
	{0x0380, "Display controller"},
	{0x0400, "Multimedia video controller"},
	{0x0401, "Multimedia audio controller"},
	{0x0403, "Audio device"},
	{0x0480, "Multimedia controller"},
	{0x0500, "RAM memory"},
	{0x0580, "Memory controller"},
	{0x0600, "Host bridge"},
	{0x0601, "ISA bridge"},
	{0x0604, "PCI bridge"},
	{0x0607, "CardBus bridge"},
	{0x0680, "Bridge"},
	{0x0700, "Serial controller"},
	{0x0701, "Parallel controller"},
	{0x0780, "Communication controller"},
	{0x0800, "PIC"},
	{0x0801, "DMA controller"},
	{0x0802, "Timer"},
	{0x0803, "RTC"},
	{0x0805, "SD Host controller"},
	{0x0806, "IOMMU"},
	{0x0880, "System peripheral"},
	{0x0900, "Keyboard controller"},
	{0x0902, "Mouse controller"},
	{0x0980, "Input device controller"},
	{0x0a80, "Docking Station"},
	{0x0b40, "Co-processor"},
	{0x0b80, "Processor"},
	{0x0c00, "FireWire (IEEE 1394)"},
	{0x0c03, "USB controller"},
	{0x0c05, "SMBus"},
	{0x0c80, "Serial bus controller"},
	{0x0d80, "Wireless controller"},
	{0x0e80, "Intelligent controller"},
	{0x0f80, "Satellite communications controller"},
	{0x1080, "Encryption controller"},
	{0x1180, "Signal processing controller"},
	{0x1200, "Processing accelerators"},
	{0x1300, "Non-Essential Instrumentation"},
	{0xff00, "Unassigned class"},
};

static const char *find(u16 class_code)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(classes); i++)
		if (classes[i].class_code == class_code)
			return classes[i].name;
	return NULL;
}

/* The sub-class 0x80 is "other", and so the name of the base class; some have 0 only. */
const char *pci_class_name(u16 class_code)
{
	u16 base = class_code & 0xff00;
	const char *name = find(class_code);

	if (!name)
		name = find(base | 0x80);
	return name ? name : find(base);
}
