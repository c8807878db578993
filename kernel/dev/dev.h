/* SPDX-License-Identifier: MIT */
/*
 * dev.h: the devices that the kernel cannot be without: interrupt controller, timer, serial line,
 * and the ways to end the machine.
 */
#ifndef KOAN_DEV_H
#define KOAN_DEV_H

#include <linux/types.h>
#include <linux/compiler.h>

/* --- pic.c: two 8259A interrupt controllers --- */

/* Moves lines 0..15 to vectors TRAP_IRQ_BASE.., all masked. */
void pic_init(void);
/* @handler runs with interrupts off; the end of interrupt is sent after it. */
void irq_set_handler(unsigned int line, void (*handler)(void));
void irq_mask(unsigned int line);
void irq_unmask(unsigned int line);

/* --- timer.c: PIT ticks, and the calibrated time-stamp counter --- */

#define TIMER_HZ 100

/* The first thing the kernel does: time_ns() counts from here. */
void timer_start_clock(void);
void timer_init(void);
/* Ticks since timer_init(). */
u64 timer_ticks(void);
/* Nanoseconds since timer_start_clock(), by the time-stamp counter; 0 before timer_init(). */
u64 time_ns(void);
/* Cycles a second of the time-stamp counter, as measured against the PIT. */
u64 tsc_hz(void);

/* --- serial.c: 16550 UART, COM1, 115200 baud --- */

/* Polling output works after this; input by interrupt after serial_enable_input(). */
void serial_init(void);
void serial_enable_input(void);
/* Writes as they are; "\n" becomes "\r\n". */
void serial_write(const char *s, size_t len);
/* The next byte received, or -1. Nothing received is ever lost: a full ring stops the line. */
int serial_poll(void);
/* Waits for a byte with the processor halted. */
u8 serial_wait(void);

/* --- power.c --- */

#define POWEROFF_STATUS_MAX   126
#define POWEROFF_STATUS_PANIC 127

/*
 * Ends QEMU with exit status 2 * @status + 1 (that is isa-debug-exit's arithmetic; tools/koan
 * turns it back); on other machines switches off, or at least stops.
 */
__noreturn void machine_poweroff(u8 status);
__noreturn void machine_reboot(void);

#endif
