/* SPDX-License-Identifier: MIT */
/*
 * power.c: the ways to end the machine, the surest first.
 */
#include "dev/dev.h"
#include "cpu/cpu.h"

#define DEBUG_EXIT_PORT	  0xf4	 /* -device isa-debug-exit,iobase=0xf4,iosize=4 */
#define ACPI_PM1A_CONTROL 0x604	 /* where QEMU's machines have it */
#define ACPI_SLEEP_S5	  0x2000 /* ACPI 6.4, 4.8.3.2.1: SLP_EN, with QEMU's SLP_TYP for "off" */
#define KEYBOARD_COMMAND  0x64	 /* the 8042, whose output line 0 is the processor's reset */
#define KEYBOARD_RESET	  0xfe

static __noreturn void stop_forever(void)
{
	static const char text[] = "It is now safe to switch off the machine.\n";

	serial_write(text, sizeof(text) - 1);
	irq_disable();
	for (;;)
		halt();
}

void machine_poweroff(u8 status)
{
	irq_disable();
	port_out32(DEBUG_EXIT_PORT, status);
	/* Still here: no such device. Switching off loses the status, but it does end. */
	port_out16(ACPI_PM1A_CONTROL, ACPI_SLEEP_S5);
	stop_forever();
}

void machine_reboot(void)
{
	irq_disable();
	port_out8(KEYBOARD_COMMAND, KEYBOARD_RESET);
	stop_forever();
}
