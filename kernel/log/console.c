/* SPDX-License-Identifier: MIT */
/*
 * console.c: text for people: always to the serial line, and to whatever drivers register.
 *
 * Two kinds of text meet here: what commands print, and lines of the log. A log line that is still
 * without its newline is ended before anything else is written.
 */
#include "log/log.h"
#include "log/printer.h"
#include "cpu/cpu.h"
#include "dev/dev.h"

#include <linux/export.h>

static struct console *consoles;
static bool log_line_open;

static void write_all(const char *s, size_t len)
{
	serial_write(s, len);
	for (struct console *con = consoles; con; con = con->next)
		con->write(s, len);
}

void console_log_end(void)
{
	if (log_line_open)
		write_all("\n", 1);
	log_line_open = false;
}

void console_log(const char *stamp, size_t stamp_len, const char *text, size_t len)
{
	console_log_end();
	write_all(stamp, stamp_len);
	write_all(text, len);
	log_line_open = true;
}

void console_log_more(const char *text, size_t len)
{
	write_all(text, len);
	log_line_open = true;
}

void console_write(const char *s, size_t len)
{
	unsigned long flags = irq_save();

	console_log_end();
	write_all(s, len);
	irq_restore(flags);
}

void console_register(struct console *con)
{
	unsigned long flags = irq_save();

	con->next = consoles;
	consoles = con;
	irq_restore(flags);
}
EXPORT_SYMBOL(console_register);

void console_unregister(struct console *con)
{
	unsigned long flags = irq_save();

	for (struct console **link = &consoles; *link; link = &(*link)->next) {
		if (*link == con) {
			*link = con->next;
			break;
		}
	}
	irq_restore(flags);
}
EXPORT_SYMBOL(console_unregister);
