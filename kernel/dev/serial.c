/* SPDX-License-Identifier: MIT */
/*
 * serial.c: the first serial port, a 16550 UART (National Semiconductor PC16550D data sheet).
 *
 * Output waits for the transmitter. Input comes by interrupt into the ring of input.c; when that is
 * full the receiver's interrupt is switched off and the request-to-send line dropped, so that bytes
 * wait outside instead of being lost, until there is room again.
 */
#include "dev/dev.h"
#include "cpu/cpu.h"

#include <linux/kernel.h>

#define COM1	  0x3f8
#define COM1_LINE 4

/* Registers, as offsets from the port: data sheet, table II. */
#define REG_DATA	0
#define REG_IER		1 /* interrupt enable */
#define REG_DIVISOR_LO	0 /* these two while LCR_DIVISOR is set */
#define REG_DIVISOR_HI	1
#define REG_FCR		2 /* FIFO control */
#define REG_LCR		3 /* line control */
#define REG_MCR		4 /* modem control */
#define REG_LSR		5 /* line status */

#define IER_RECEIVED	0x01
#define FCR_ENABLE	0x07 /* FIFOs on, both cleared; interrupt at one byte */
#define LCR_8N1		0x03
#define LCR_DIVISOR	0x80
#define MCR_DTR		0x01
#define MCR_RTS		0x02
#define MCR_OUT2	0x08 /* connects the interrupt line on a PC */
#define LSR_RECEIVED	0x01
#define LSR_SENDER_IDLE 0x20
#define LSR_ABSENT	0xff /* what a port reads where no chip is */
#define DIVISOR_115200	1
#define FIFO_SIZE	16

static bool stopped; /* the receiver: there was no room */
static bool present;

void serial_init(void)
{
	present = port_in8(COM1 + REG_LSR) != LSR_ABSENT;
	port_out8(COM1 + REG_IER, 0);
	port_out8(COM1 + REG_LCR, LCR_DIVISOR);
	port_out8(COM1 + REG_DIVISOR_LO, DIVISOR_115200);
	port_out8(COM1 + REG_DIVISOR_HI, 0);
	port_out8(COM1 + REG_LCR, LCR_8N1);
	port_out8(COM1 + REG_FCR, FCR_ENABLE);
	port_out8(COM1 + REG_MCR, MCR_DTR | MCR_RTS | MCR_OUT2);
}

/* Opens or closes the receiver; interrupts are off. */
static void receiver_set(bool open)
{
	stopped = !open;
	port_out8(COM1 + REG_MCR, MCR_DTR | MCR_OUT2 | (open ? MCR_RTS : 0));
	port_out8(COM1 + REG_IER, open ? IER_RECEIVED : 0);
}

static void receive(void)
{
	while (input_room()) {
		if (!(port_in8(COM1 + REG_LSR) & LSR_RECEIVED))
			return;
		input_put(port_in8(COM1 + REG_DATA));
	}
	receiver_set(false);
}

static irqreturn_t interrupt(int irq, void *dev)
{
	(void)irq;
	(void)dev;
	receive();
	return IRQ_HANDLED;
}

void serial_resume_input(void)
{
	if (!stopped)
		return;
	receiver_set(true);
	receive();
}

void serial_enable_input(void)
{
	if (request_irq(COM1_LINE, interrupt, 0, "ttyS0", NULL))
		panic("no interrupt line for the serial port");
	receiver_set(true);
}

static void sender_wait(void)
{
	while (!(port_in8(COM1 + REG_LSR) & LSR_SENDER_IDLE))
		;
}

/* The sender's FIFO takes FIFO_SIZE bytes whenever it is idle; *room counts what is left of it. */
static void send(u8 byte, unsigned int *room)
{
	if (*room == 0) {
		sender_wait();
		*room = FIFO_SIZE;
	}
	port_out8(COM1 + REG_DATA, byte);
	(*room)--;
}

void serial_write(const char *s, size_t len)
{
	unsigned int room = 0;

	if (!present)
		return;
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '\n')
			send('\r', &room);
		send(s[i], &room);
	}
}
