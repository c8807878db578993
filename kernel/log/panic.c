/* SPDX-License-Identifier: MIT */
/*
 * panic.c: the end of the line. Says why, then ends the machine with a status that the launcher
 * tells from every other. Never returns, never loops: a second panic inside the first ends at once.
 */
#include "log/log.h"
#include "log/printer.h"
#include "cpu/cpu.h"
#include "dev/dev.h"

#include <generated/utsrelease.h>
#include <linux/export.h>
#include <linux/sprintf.h>
#include <linux/string.h>

static void (*module_printer)(void);

void panic_set_module_printer(void (*print)(void))
{
	module_printer = print;
}

void panic_print_modules(void)
{
	if (module_printer)
		module_printer();
}

void panic_print_machine(void)
{
	printk("CPU: 0 %s %s\n", print_tainted(), UTS_RELEASE);
}

void panic_now(const char *reason)
{
	static const char prefix[] = "\nKernel panic - not syncing: ";

	serial_write(prefix, strlen(prefix));
	serial_write(reason, strlen(reason));
	serial_write("\n", 1);
	machine_poweroff(POWEROFF_STATUS_PANIC);
}

void panic(const char *fmt, ...)
{
	static bool panicking;
	static char reason[LOG_LINE_MAX / 2];
	va_list args;

	irq_disable();
	if (panicking)
		panic_now("panic inside a panic");
	panicking = true;
	console_verbose();
	va_start(args, fmt);
	vscnprintf(reason, sizeof(reason), fmt, args);
	va_end(args);
	pr_emerg("Kernel panic - not syncing: %s\n", reason);
	/* After an oops, the trace and the modules have been told already. */
	if (!test_taint(TAINT_DIE)) {
		dump_stack();
		panic_print_modules();
	}
	pr_emerg("---[ end Kernel panic - not syncing: %s ]---\n", reason);
	machine_poweroff(POWEROFF_STATUS_PANIC);
}
EXPORT_SYMBOL(panic);
