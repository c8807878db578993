/* SPDX-License-Identifier: MIT */
/*
 * main.c: what is on the PCI buses ("PCI Local Bus Specification", chapter 6), and the command that
 * lists it. The configuration space is reached by the first of the PC's two ways: one port for the
 * address, one for the value.
 *
 * Devices are looked for once, when the module is loaded.
 */
#include <koan/command.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "classes.h"

#define CONFIG_PORTS	   0xcf8
#define CONFIG_PORTS_COUNT 8
#define PORT_ADDRESS	   CONFIG_PORTS
#define PORT_VALUE	   (CONFIG_PORTS + 4)
#define ADDRESS_ENABLE	   0x80000000 /* a value goes to the configuration space, not to ports */

#define SLOTS		   32
#define FUNCTIONS	   8

/* Offsets in the configuration space: figure 6-1, and for bridges PCI-to-PCI 3.2. */
#define REG_ID	      0x00 /* vendor, device */
#define REG_CLASS     0x08 /* revision, programming interface, sub-class, base class */
#define REG_HEADER    0x0c /* its third byte is the header type */
#define REG_SUBSYSTEM 0x2c /* the same of the card; a bridge has something else there */
#define REG_BUSES     0x18 /* of a bridge: its bus, the one behind it, the last behind it */

#define VENDOR_NONE   0xffff
#define HEADER_KIND   0x7f
#define HEADER_DEVICE 0x00
#define HEADER_BRIDGE 0x01
#define HEADER_MANY   0x80 /* the device has more functions than the first */

struct pci_function {
	struct list_head list; /* in the order of the numbers */
	u8 bus, slot, function;
	u16 vendor, device;
	u16 subvendor, subdevice; /* of the card */
	u16 class_code;		  /* base class and sub-class */
	u8 interface, revision;
};

static LIST_HEAD(functions);

static u32 config_read(u8 bus, u8 slot, u8 function, u8 reg)
{
	u32 address = ADDRESS_ENABLE | (u32)bus << 16 | (u32)slot << 11 | (u32)function << 8 | reg;
	unsigned long flags;
	u32 value;

	local_irq_save(flags);
	outl(address, PORT_ADDRESS);
	value = inl(PORT_VALUE);
	local_irq_restore(flags);
	return value;
}

/* Without the ports, an address that was written does not come back. */
static bool is_there(void)
{
	u32 old = inl(PORT_ADDRESS), got;

	outl(ADDRESS_ENABLE, PORT_ADDRESS);
	got = inl(PORT_ADDRESS);
	outl(old, PORT_ADDRESS);
	return got == ADDRESS_ENABLE;
}

/* --- looking --- */

static u8 header_type(u8 bus, u8 slot, u8 function)
{
	return (u8)(config_read(bus, slot, function, REG_HEADER) >> 16);
}

static int add(u8 bus, u8 slot, u8 function, u32 id)
{
	struct pci_function *f = kmalloc(sizeof(*f), GFP_KERNEL);
	u32 class = config_read(bus, slot, function, REG_CLASS), card = 0;

	if ((header_type(bus, slot, function) & HEADER_KIND) == HEADER_DEVICE)
		card = config_read(bus, slot, function, REG_SUBSYSTEM);
	if (!f)
		return -ENOMEM;
	*f = (struct pci_function){
		.bus = bus,
		.slot = slot,
		.function = function,
		.vendor = (u16)id,
		.device = (u16)(id >> 16),
		.subvendor = (u16)card,
		.subdevice = (u16)(card >> 16),
		.class_code = (u16)(class >> 16),
		.interface = (u8)(class >> 8),
		.revision = (u8) class,
	};
	list_add_tail(&f->list, &functions);
	return 0;
}

/* A bridge makes the buses behind it worth a look. */
static int look_at_function(u8 bus, u8 slot, u8 function, unsigned int *last_bus)
{
	u32 id = config_read(bus, slot, function, REG_ID);
	unsigned int behind;

	if ((id & 0xffff) == VENDOR_NONE)
		return 0;
	if ((header_type(bus, slot, function) & HEADER_KIND) == HEADER_BRIDGE) {
		behind = config_read(bus, slot, function, REG_BUSES) >> 16 & 0xff;
		*last_bus = max(*last_bus, behind);
	}
	return add(bus, slot, function, id);
}

static int look_at_slot(u8 bus, u8 slot, unsigned int *last_bus)
{
	u8 count = header_type(bus, slot, 0) & HEADER_MANY ? FUNCTIONS : 1;
	int err = 0;

	if ((config_read(bus, slot, 0, REG_ID) & 0xffff) == VENDOR_NONE)
		return 0;
	for (u8 function = 0; !err && function < count; function++)
		err = look_at_function(bus, slot, function, last_bus);
	return err;
}

static int look(void)
{
	unsigned int last_bus = 0;
	int err = 0;

	for (unsigned int bus = 0; !err && bus <= last_bus; bus++)
		for (u8 slot = 0; !err && slot < SLOTS; slot++)
			err = look_at_slot((u8)bus, slot, &last_bus);
	return err;
}

static void forget(void)
{
	struct pci_function *f, *next;

	list_for_each_entry_safe (f, next, &functions, list) {
		list_del(&f->list);
		kfree(f);
	}
}

/* --- lspci --- */

static void print_class(struct io *io, const struct pci_function *f)
{
	const char *name = pci_class_name(f->class_code);

	if (name)
		command_out(io, "%s [%04x]", name, f->class_code);
	else
		command_out(io, "Class [%04x]", f->class_code);
}

/* What modprobe would be asked for, to find a driver: <linux/mod_devicetable.h>. */
static void print_alias(struct io *io, const struct pci_function *f)
{
	command_out(io, "\tModalias: pci:v%08Xd%08Xsv%08Xsd%08Xbc%02Xsc%02Xi%02X\n", f->vendor,
		    f->device, f->subvendor, f->subdevice, f->class_code >> 8, f->class_code & 0xff,
		    f->interface);
}

static void print_function(struct io *io, const struct pci_function *f, bool numbers)
{
	command_out(io, "%02x:%02x.%x ", f->bus, f->slot, f->function);
	if (numbers)
		command_out(io, "%04x", f->class_code);
	else
		print_class(io, f);
	command_out(io, ": %04x:%04x", f->vendor, f->device);
	if (f->revision)
		command_out(io, " (rev %02x)", f->revision);
	command_out(io, "\n");
}

static int lspci_run(struct io *io, int argc, char **argv)
{
	const struct pci_function *f;
	struct options o;
	bool numbers = false, aliases = false;
	int letter;

	options_start(&o, io, "kn", argc, argv);
	while ((letter = option_next(&o))) {
		if (letter == '?')
			return 1;
		numbers |= letter == 'n';
		aliases |= letter == 'k';
	}
	if (o.operands)
		return extra_operand(io, argv[1]);
	list_for_each_entry (f, &functions, list) {
		print_function(io, f, numbers);
		if (aliases)
			print_alias(io, f);
	}
	return 0;
}

static const struct console_command lspci_command = {
	.name = "lspci",
	.usage = "[-kn]",
	.brief = "list the devices on the PCI buses",
	.text = "Bus:slot.function, class, vendor:device, revision.\n"
		"  -k  also the alias by which modprobe finds a driver\n"
		"  -n  the class as a number only",
	.run = lspci_run,
};

/* --- the module --- */

static int start(void)
{
	int err;

	if (!is_there()) {
		pr_info("pci: there is no PCI bus\n");
		return -ENODEV;
	}
	err = look();
	if (!err)
		err = register_command(&lspci_command);
	if (err)
		forget();
	return err;
}

static int __init pci_init(void)
{
	int err;

	if (!request_region(CONFIG_PORTS, CONFIG_PORTS_COUNT, "PCI conf1"))
		return -EBUSY;
	err = start();
	if (err)
		release_region(CONFIG_PORTS, CONFIG_PORTS_COUNT);
	return err;
}

static void __exit pci_exit(void)
{
	unregister_command(&lspci_command);
	forget();
	release_region(CONFIG_PORTS, CONFIG_PORTS_COUNT);
}

module_init(pci_init);
module_exit(pci_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("The PCI buses, and `lspci'");
