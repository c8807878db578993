/* SPDX-License-Identifier: MIT */
/*
 * main.c: the keyboard of a PC, behind its 8042 controller (Intel 8042 data sheet; "IBM PS/2
 * Hardware Interface Technical Reference", Keyboard and Auxiliary Device Controller). Each code that
 * comes in goes through keyboard.c, and what that makes of it is typed at the console.
 */
#include <koan/console.h>
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/module.h>

#include "keyboard.h"

#define KEYBOARD_LINE	       1

#define PORT_DATA	       0x60
#define PORT_STATUS	       0x64 /* read */
#define PORT_COMMAND	       0x64 /* written */

#define STATUS_OUTPUT_FULL     0x01 /* there is a byte for us */
#define STATUS_INPUT_FULL      0x02 /* ours has not been taken yet */
#define STATUS_FROM_MOUSE      0x20
#define STATUS_ABSENT	       0xff /* what a port reads where no chip is */

#define COMMAND_READ_CONFIG    0x20
#define COMMAND_WRITE_CONFIG   0x60
#define COMMAND_DISABLE_MOUSE  0xa7
#define COMMAND_DISABLE	       0xad /* the keyboard */
#define COMMAND_ENABLE	       0xae

#define CONFIG_INTERRUPT       0x01 /* a byte from the keyboard raises line 1 */
#define CONFIG_MOUSE_INTERRUPT 0x02
#define CONFIG_DISABLED	       0x10 /* the keyboard's clock is stopped */
#define CONFIG_TRANSLATE       0x40 /* whatever set the keyboard speaks, we get set 1 */

#define KEYBOARD_SCAN	       0xf4 /* to the keyboard itself: send codes from now on */
#define KEYBOARD_ACK	       0xfa

#define POLL_US		       10
#define POLLS		       10000 /* a tenth of a second, in which any of this must be over */

static struct keyboard keyboard;
static u8 old_config;

/* --- the controller --- */

/* Waits until the bits @mask of the status are @want. */
static int wait_status(u8 mask, u8 want)
{
	for (unsigned int i = 0; i < POLLS; i++) {
		if ((inb(PORT_STATUS) & mask) == want)
			return 0;
		udelay(POLL_US);
	}
	return -EIO;
}

static int send(u8 byte, u16 port)
{
	int err = wait_status(STATUS_INPUT_FULL, 0);

	if (!err)
		outb(byte, port);
	return err;
}

static int receive(u8 *byte)
{
	int err = wait_status(STATUS_OUTPUT_FULL, STATUS_OUTPUT_FULL);

	if (!err)
		*byte = inb(PORT_DATA);
	return err;
}

/* Drops what was typed while nobody was listening. */
static void drain(void)
{
	for (unsigned int i = 0; i < POLLS && (inb(PORT_STATUS) & STATUS_OUTPUT_FULL); i++)
		inb(PORT_DATA);
}

static int write_config(u8 config)
{
	int err = send(COMMAND_WRITE_CONFIG, PORT_COMMAND);

	return err ? err : send(config, PORT_DATA);
}

/* Both devices are silent meanwhile, so that the next byte is the answer. */
static int read_config(u8 *config)
{
	int err = send(COMMAND_DISABLE, PORT_COMMAND);

	if (!err)
		err = send(COMMAND_DISABLE_MOUSE, PORT_COMMAND);
	if (!err)
		err = wait_status(STATUS_INPUT_FULL, 0);
	if (err)
		return err;
	drain();
	err = send(COMMAND_READ_CONFIG, PORT_COMMAND);
	return err ? err : receive(config);
}

static int controller_start(void)
{
	int err;
	u8 config;

	if (inb(PORT_STATUS) == STATUS_ABSENT)
		return -ENODEV;
	err = read_config(&old_config);
	if (err)
		return err;
	config = old_config | CONFIG_INTERRUPT | CONFIG_TRANSLATE;
	config &= (u8) ~(CONFIG_DISABLED | CONFIG_MOUSE_INTERRUPT);
	err = write_config(config);
	return err ? err : send(COMMAND_ENABLE, PORT_COMMAND);
}

/* Firmware has told it to send already, so a keyboard that does not answer may still work. */
static void keyboard_start(void)
{
	u8 answer = 0;

	if (send(KEYBOARD_SCAN, PORT_DATA) || receive(&answer) || answer != KEYBOARD_ACK)
		pr_warn("ps2kbd: the keyboard does not answer\n");
}

/* --- the interrupt --- */

static irqreturn_t ps2kbd_interrupt(int irq, void *dev)
{
	u8 status = inb(PORT_STATUS);
	char bytes[KEYBOARD_BYTES];
	u8 code;

	(void)irq;
	(void)dev;
	if (!(status & STATUS_OUTPUT_FULL))
		return IRQ_NONE;
	code = inb(PORT_DATA);
	if (!(status & STATUS_FROM_MOUSE))
		console_input(bytes, keyboard_feed(&keyboard, code, bytes));
	return IRQ_HANDLED;
}

/* --- the module --- */

static int take_ports(void)
{
	if (!request_region(PORT_DATA, 1, "keyboard"))
		return -EBUSY;
	if (!request_region(PORT_STATUS, 1, "keyboard")) {
		release_region(PORT_DATA, 1);
		return -EBUSY;
	}
	return 0;
}

static void release_ports(void)
{
	release_region(PORT_STATUS, 1);
	release_region(PORT_DATA, 1);
}

static int __init ps2kbd_init(void)
{
	int err = take_ports();

	if (err)
		return err;
	err = controller_start();
	if (err) {
		pr_info("ps2kbd: there is no keyboard controller (error %d)\n", err);
		release_ports();
		return -ENODEV;
	}
	keyboard_start();
	err = request_irq(KEYBOARD_LINE, ps2kbd_interrupt, 0, "i8042", NULL);
	if (err)
		release_ports();
	return err;
}

static void __exit ps2kbd_exit(void)
{
	free_irq(KEYBOARD_LINE, NULL);
	if (write_config(old_config & (u8)~CONFIG_INTERRUPT))
		pr_warn("ps2kbd: the controller does not answer any more\n");
	release_ports();
}

module_init(ps2kbd_init);
module_exit(ps2kbd_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("A PS/2 keyboard with the US layout");
