/* SPDX-License-Identifier: MIT */
/*
 * dev.h: the devices that the kernel cannot be without: interrupt controller, timer, serial line,
 * and the ways to end the machine.
 */
#ifndef KOAN_DEV_H
#define KOAN_DEV_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>

/* --- pic.c: two 8259A interrupt controllers --- */

#define IRQ_LINES	 16
#define IRQ_LINE_CASCADE 2

/* Moves lines 0..15 to vectors TRAP_IRQ_BASE.., all masked. */
void pic_init(void);
void irq_mask(unsigned int line);
void irq_unmask(unsigned int line);
/* Interrupts that no device had asked for. */
u64 irq_spurious_count(void);

/* --- irq.c: the handlers of each line (request_irq() is in include/linux/interrupt.h) --- */

/* Calls them, with interrupts off; the end of interrupt is sent after it. */
void irq_dispatch(unsigned int line);
/* For /proc/interrupts. */
const struct irqaction *irq_actions(unsigned int line);
u64 irq_count(unsigned int line);

/* --- irq.c, ioport.c: @owner, which is called @name, goes: what it still holds is taken away --- */

struct module;

void irq_forget(const struct module *owner, const char *name);
void ioport_forget(const struct module *owner, const char *name);

/* --- timer.c: PIT ticks, and the calibrated time-stamp counter --- */

#define TIMER_HZ HZ

/* The first thing the kernel does: time_ns() counts from here. */
void timer_start_clock(void);
void timer_init(void);
/* Nanoseconds since timer_start_clock(), by the time-stamp counter; 0 before timer_init(). */
u64 time_ns(void);

/* --- input.c: what is typed, on whatever keyboard --- */

/* Bytes that input_put() may add; interrupts are off for both. */
unsigned int input_room(void);
void input_put(u8 byte);
/* Waits for a byte with the processor halted. */
u8 input_wait(void);

/* --- serial.c: 16550 UART, COM1, 115200 baud --- */

/* Polling output works after this; input by interrupt after serial_enable_input(). */
void serial_init(void);
void serial_enable_input(void);
/* Writes as they are; "\n" becomes "\r\n". */
void serial_write(const char *s, size_t len);
/*
 * To be called when there is room for input again: nothing received is ever lost, since a line that
 * could not put a byte stops. Interrupts are off.
 */
void serial_resume_input(void);

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
